/**
 * What pages say, in the person's language. All texts are in `src/locales/<language>/`; another folder there, and its
 * name in LANGUAGES, is another language.
 */
import { createI18n, type I18n } from 'vue-i18n'

export const LANGUAGES = { en: 'English', es: 'Español' } as const
export type Language = keyof typeof LANGUAGES

const STORED_AS = 'serverlesspresso.language'
const FALLBACK: Language = 'en'

type Texts = Record<string, unknown>

/** Files of texts by path, each read when it is needed: what `import.meta.glob('../locales/*' + '/order.json')` gives. */
export type TextFiles = Record<string, () => Promise<unknown>>

export interface PageTexts {
  i18n: I18n<Texts, Texts, Texts, string, false>
  /** Changes the language here and for the next visit. */
  speak: (language: Language) => Promise<void>
}

const shared: TextFiles = import.meta.glob('../../locales/*/shared.json', { import: 'default' })

/** @param pageFiles - the page's own texts. */
export async function createTexts(pageFiles: TextFiles): Promise<PageTexts> {
  const i18n = createI18n({ legacy: false, locale: '', fallbackLocale: FALLBACK, messages: {} })
  const files = { ...shared, ...pageFiles }

  async function speak(language: Language): Promise<void> {
    const texts = await Promise.all(filesOf(files, language).map((read) => read() as Promise<Texts>))
    i18n.global.setLocaleMessage(language, Object.assign({}, ...texts) as Texts)
    i18n.global.locale.value = language
    document.documentElement.lang = language
  }

  await speak(preferredLanguage(localStorage.getItem(STORED_AS), navigator.languages))
  return {
    i18n,
    async speak(language) {
      await speak(language)
      localStorage.setItem(STORED_AS, language)
    },
  }
}

function filesOf(files: TextFiles, language: Language): (() => Promise<unknown>)[] {
  return Object.entries(files).flatMap(([path, read]) => (path.includes(`/${language}/`) ? [read] : []))
}

/** The first language that the person wants and we have. */
export function preferredLanguage(chosen: string | null, wanted: readonly string[]): Language {
  const [found] = [chosen ?? '', ...wanted].map((tag) => tag.split('-')[0] ?? '').filter(isLanguage)
  return found ?? FALLBACK
}

function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(LANGUAGES, tag)
}
