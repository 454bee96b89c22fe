/**
 * Shows the order page's notices where a browser takes them from a service worker only (Chrome on Android), and brings the
 * page to the front when one is touched. Keeps nothing, and answers no request.
 */
addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(toTheFront(event.notification.data.page))
})

async function toTheFront(page) {
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true })
  const open = windows.find(({ url }) => url.startsWith(page))
  return open ? open.focus() : clients.openWindow(page)
}
