/** PrimeVue's services speak to its components over these, and declare no types for them. */
interface Bus {
  on: (event: string, hear: (said: unknown) => void) => void
  off: (event: string, hear: (said: unknown) => void) => void
  emit: (event: string, said: unknown) => void
}

declare module 'primevue/confirmationeventbus' {
  const bus: Bus
  export default bus
}

declare module 'primevue/toasteventbus' {
  const bus: Bus
  export default bus
}
