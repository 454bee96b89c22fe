/** The page's colours in the form that a canvas understands: what `light-dark()` and `var()` come to right now. */
import { usePreferredDark } from '@vueuse/core'
import { shallowRef, watch, type Ref } from 'vue'

import { useTheme } from '@/shared/theme/theme'

export interface ChartColours {
  /** Of the first, second, ... value of each bar. */
  values: [string, string]
  text: string
  lines: string
}

export function useChartColours(): Readonly<Ref<ChartColours>> {
  const theme = useTheme()
  const dark = usePreferredDark()
  const colours = shallowRef(coloursNow())
  watch([theme, dark], () => (colours.value = coloursNow()), { flush: 'post' }) // when the page has its new look
  return colours
}

function coloursNow(): ChartColours {
  return {
    values: [colourOf('--accent'), colourOf('--making')],
    text: colourOf('--text'),
    lines: colourOf('--border'),
  }
}

function colourOf(token: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${token})`
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
