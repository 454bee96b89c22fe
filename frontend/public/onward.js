/**
 * Adds the slash to a folder's address and keeps query and fragment. `onward.html`, which lies at the address without it,
 * runs this: a page's own relative addresses would lead astray from there.
 */
location.replace(`${location.pathname}/${location.search}${location.hash}`)
