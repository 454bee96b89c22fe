/** Components of PrimeVue on its own foundation and on the bar's: the same elements, classes and attributes. */
import { flushPromises, mount } from '@vue/test-utils'
import Button from 'primevue/button'
import PrimeVue from 'primevue/config'
import Dialog from 'primevue/dialog'
import InputText from 'primevue/inputtext'
import Message from 'primevue/message'
import Select from 'primevue/select'
import SelectButton from 'primevue/selectbutton'
import ToggleSwitch from 'primevue/toggleswitch'
import { expect, it } from 'vitest'
import type { App, Component } from 'vue'

import leanComponent from '@/shared/primevue/base-component'
import { primeVue } from '@/shared/primevue/prime-vue'

interface Parts {
  extends?: unknown
  components?: Record<string, Component>
}

/** The component, and those that it is put together from, on the bar's foundation. */
function lean(component: Component): Component {
  if (component.name === leanComponent.name) return leanComponent
  const { extends: base, components = {} } = component as Parts
  return {
    ...(component as object),
    ...(base !== undefined && { extends: lean(base as Component) }),
    components: Object.fromEntries(Object.entries(components).map(([name, part]) => [name, lean(part)])),
  } as Component
}

/** What the component stands on in the end. */
function foundation(component: Component): unknown {
  const { extends: base } = component as Parts
  return base === undefined ? component : foundation(base as Component)
}

/** All that the component puts into the page. */
async function looks(component: Component, props: object, primevue: (app: App) => void): Promise<string> {
  const page = mount(component, {
    props: props as Record<string, unknown>,
    slots: { default: 'words' },
    attachTo: document.body,
    global: { plugins: [primevue] },
  })
  await flushPromises()
  const html = document.body.innerHTML
  page.unmount()
  document.body.replaceChildren()
  return html
}

const drinks = [
  { code: 'a', name: 'Americano' },
  { code: 'l', name: 'Latte' },
]
const choice = { options: drinks, optionLabel: 'name', optionValue: 'code', modelValue: 'l' }

it.each<[string, Component, object]>([
  ['a button', Button, { label: 'Send', size: 'large', fluid: true, severity: 'danger' }],
  ['a button that works', Button, { label: 'Send', loading: true, variant: 'text' }],
  ['a button with a badge', Button, { label: 'Send', badge: '3', id: 'send' }],
  ['a field', InputText, { modelValue: 'ana', invalid: true, fluid: true, id: 'name' }],
  ['a choice', SelectButton, { ...choice, fluid: true, allowEmpty: false }],
  ['a list', Select, { ...choice, 'aria-label': 'Drink' }],
  ['a switch', ToggleSwitch, { modelValue: true, inputId: 'open' }],
  ['a message', Message, { severity: 'warn', closable: true }],
  ['a dialog', Dialog, { visible: true, header: 'Cancel?', modal: true, maximizable: true }],
])('%s', async (_, component, props) => {
  expect(foundation(component)).not.toBe(leanComponent)
  expect(foundation(lean(component))).toBe(leanComponent)
  const own = await looks(component, props, (app) => app.use(PrimeVue, { theme: 'none' }))
  expect(own).toContain('data-pc-name')
  expect(await looks(lean(component), props, primeVue)).toBe(own)
})
