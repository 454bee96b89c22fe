/** Starts a page: texts, look, configuration, services, and then the page itself; or a plain word on why it cannot. */
import '@fontsource-variable/figtree/wght.css'

import './theme/base.css'
import './theme/header.css'

import ConfirmationService from 'primevue/confirmationservice'
import ToastService from 'primevue/toastservice'
import { createApp, watch, type App, type Component } from 'vue'
import type { Router } from 'vue-router'

import { barKey, createBar } from './bar'
import { reloadWhenReplaced } from './replaced'
import StartupProblem from './components/StartupProblem.vue'
import { ConfigurationProblem, readConfiguration, type Configuration } from './configuration'
import { nextTask } from './painting'
import { primeVue } from './primevue/prime-vue'
import { shopOfPage } from './shop'
import { createTexts, type PageTexts, type TextFiles } from './texts/texts'
import { speakKey } from './texts/use-language'

export interface Page {
  /** The page's name: its session is kept under it, and `shared.pages.<name>` is its title. */
  name: 'home' | 'order' | 'barista' | 'display' | 'backstage'
  root: Component
  /** `import.meta.glob('../locales/*' + '/<name>.json', { import: 'default' })` */
  texts: TextFiles
  /** Of the page's screens, where it has some. */
  router?: Router
}

export async function startPage(page: Page): Promise<void> {
  try {
    await start(page)
  } catch (error) {
    tellThatItCannotStart(error)
    throw error
  }
}

/** Where not even the texts can be had: the browser keeps nothing for any page, or the network went away in between. */
function tellThatItCannotStart(error: unknown): void {
  const words = document.createElement('p')
  words.className = 'not-started'
  words.role = 'alert'
  words.textContent = [
    'This page cannot start. Load it again; if that does not help, let this address keep data in your browser.',
    'Esta página no puede empezar. Cárgala de nuevo; si no ayuda, deja que esta dirección guarde datos en tu navegador.',
    String(error),
  ].join(' · ')
  document.querySelector('.opening')?.replaceWith(words)
}

async function start(page: Page): Promise<void> {
  reloadWhenReplaced()
  const [texts, configuration] = await Promise.all([createTexts(page.texts), configurationOrProblem()])
  const app =
    configuration instanceof ConfigurationProblem
      ? createApp(StartupProblem, { message: configuration.message })
      : pageApp(page, configuration)
  dress(app)
  speak(app, texts, page)
  await nextTask()
  app.mount('#app')
}

async function configurationOrProblem(): Promise<Configuration | ConfigurationProblem> {
  return readConfiguration().catch((problem: unknown) => {
    if (problem instanceof ConfigurationProblem) return problem
    throw problem
  })
}

function pageApp({ name, root, router }: Page, configuration: Configuration): App {
  const app = createApp(root)
  app.provide(barKey, createBar(name, configuration, shopOfPage()))
  if (router) app.use(router)
  return app
}

function dress(app: App): void {
  app.use(primeVue)
  app.use(ToastService)
  app.use(ConfirmationService)
}

/** Gives the page its texts, and what stands outside of it: title, description, and PrimeVue's own few words. */
function speak(app: App, texts: PageTexts, { name }: Page): void {
  app.use(texts.i18n).provide(speakKey, texts.speak)
  const { t, locale } = texts.i18n.global
  const { locale: words } = app.config.globalProperties.$primevue.config
  watch(
    locale,
    () => {
      document.title = `${t(`shared.pages.${name}`)} · ${t('shared.brand')}`
      document.querySelector('meta[name=description]')?.setAttribute('content', t(`shared.about.${name}`))
      Object.assign(words ?? {}, { emptyMessage: t('shared.widgets.emptyMessage') })
      Object.assign(words?.aria ?? {}, { close: t('shared.widgets.close') })
    },
    { immediate: true },
  )
}
