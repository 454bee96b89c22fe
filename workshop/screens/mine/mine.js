/**
 * A page of your own beside the bar's: whose drink is ready, the menu, your stamp card. A module as it is, without a build.
 *
 * Where the bar is stands in ../config.json, for this page as for the others: addresses change with each bar. Who is signed
 * in on one of those is signed in here, too, since pages of one origin share what the browser stores.
 */
const bar = await (await fetch('../config.json')).json()
const shop = new URLSearchParams(location.search).get('eventId') ?? 'ABC'
const AGAIN_MS = 1000

/** The access token of whoever is signed in on another page, such as `barista`; null where nobody is. */
function tokenOf(page) {
  const session = localStorage.getItem(`serverlesspresso.${page}.session`)
  return session && JSON.parse(session).accessToken
}

/** What the bar answers at an address, to whoever the token is of. */
async function read(address, token) {
  const answer = await fetch(address, token ? { headers: { Authorization: `Bearer ${token}` } } : {})
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`)
  return answer.json()
}

/** Writes a text or a number into the page. */
function write(id, text) {
  document.getElementById(id).textContent = text
}

/** Shows the drinks that can be had now. */
async function showMenu() {
  // learner 4-1: read the shop's /config, and put each drink that is available into the list, as a text
  const { menu } = await read(`${bar.apiUrl}/config?${new URLSearchParams({ eventId: shop })}`)
  for (const { drink } of menu.filter((item) => item.available)) {
    const line = document.createElement('li')
    line.textContent = drink
    document.getElementById('menu').append(line)
  }
  // until then
}

/** Hears of what happens in the shop, and shows the number of the drink that is ready. */
function listen() {
  // learner 4-2: open a WebSocket with token and shop, and write the number of each order that is completed
  const query = new URLSearchParams({ token: tokenOf('barista') ?? '', eventId: shop })
  const socket = new WebSocket(`${bar.realtimeUrl}?${query}`)
  socket.addEventListener('message', ({ data }) => {
    const { type, detail } = JSON.parse(data)
    if (type === 'OrderManager.OrderCompleted') write('ready', detail.orderNumber)
  })
  // until then
  // learner 4-3: where the connection ends, listen again a moment later
  socket.addEventListener('close', () => setTimeout(listen, AGAIN_MS * (1 + Math.random())))
  // until then
}

/** Shows the card of whoever is signed in on the order page. */
async function showStamps() {
  // learner 4-4: ask the stamp card's route, where there is one, with the customer's token
  const { apiUrl } = bar.extensions?.stamps ?? {}
  const token = tokenOf('order')
  if (!apiUrl || !token) return
  const { stamps, free } = await read(`${apiUrl}/stamps`, token)
  write('stamps', stamps)
  write('free', free)
  // until then
}

listen()
await Promise.all([showMenu(), showStamps()])
