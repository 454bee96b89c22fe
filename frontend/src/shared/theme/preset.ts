/** PrimeVue's look in the bar's colours. Read while the pages are built (`tools/vite/theme-css.ts`), never in the browser. */
import { definePreset } from '@primeuix/themes'
import aura from '@primeuix/themes/aura'

const COPPER = {
  50: '#fcf4ee',
  100: '#f8e4d6',
  200: '#f0c7ac',
  300: '#e6a47c',
  400: '#db8250',
  500: '#c9652f',
  600: '#ad5223',
  700: '#8c411d',
  800: '#6f351a',
  900: '#5a2c18',
  950: '#32160b',
}

const ROAST = {
  0: '#ffffff',
  50: '#fbf7f2',
  100: '#f4ede4',
  200: '#e8dcce',
  300: '#d6c5b2',
  400: '#b39d86',
  500: '#7a6453',
  600: '#6b5747',
  700: '#513f33',
  800: '#382a21',
  900: '#251a14',
  950: '#16100c',
}

const WORDS_IN_LIGHT = {
  info: { color: '{blue.700}' },
  success: { color: '{green.700}' },
  warn: { color: '{yellow.800}' },
  error: { color: '{red.700}' },
}

/** Aura's own colours of these are paler than WCAG AA wants. */
const legible = {
  button: {
    colorScheme: {
      light: {
        root: {
          danger: {
            background: '{red.600}',
            borderColor: '{red.600}',
            hoverBackground: '{red.700}',
            hoverBorderColor: '{red.700}',
          },
        },
        text: { danger: { color: '{red.700}' } },
      },
    },
  },
  message: { colorScheme: { light: WORDS_IN_LIGHT } },
  toast: { colorScheme: { light: WORDS_IN_LIGHT } },
}

export const preset: object = definePreset(aura, {
  components: legible,
  semantic: {
    primary: COPPER,
    focusRing: { width: '2px', offset: '2px' },
    formField: { borderRadius: '{border.radius.lg}', paddingY: '0.625rem' },
    colorScheme: {
      light: {
        surface: ROAST,
        primary: { color: '{primary.600}', hoverColor: '{primary.700}', activeColor: '{primary.800}' },
        text: { color: '{surface.900}', mutedColor: '{surface.600}' },
        formField: { borderColor: '{surface.500}', placeholderColor: '{surface.600}' },
      },
      dark: {
        surface: ROAST,
        primary: { color: '{primary.400}', contrastColor: '{surface.950}' },
        text: { color: '{surface.50}', mutedColor: '{surface.400}' },
        formField: { borderColor: '{surface.500}', placeholderColor: '{surface.400}' },
      },
    },
  },
})
