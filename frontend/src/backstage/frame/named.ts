/** Names without what all of them begin with. */

export interface Named {
  name: string
  label: string
}

/**
 * @param names - sorted; such as `bar-orders`, `bar-shops`.
 * @param prefix - such as `bar-`; may be the whole of a name but its last `-`.
 * @param itself - what the thing is called whose name is no longer than the prefix.
 */
export function shortened(names: readonly string[], prefix: string, itself = ''): Named[] {
  return names.map((name) => ({
    name,
    label: name.startsWith(prefix) ? name.slice(prefix.length) : itself || name,
  }))
}
