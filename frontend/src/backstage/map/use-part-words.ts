/** What the parts of the map are called, in the person's language. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'

import { shortNameOf } from './part-names'
import type { Part, PartKind } from './system'

export interface PartWords {
  kindOf: (part: Part) => string
  nameOf: (part: Part) => string
  /** Both, where they are two: `Rule new-order`. */
  kindAndNameOf: (part: Part) => string
}

export function usePartWords(): PartWords {
  const { t } = useI18n()
  const kinds = computed<Record<PartKind, string>>(() => ({
    api: t('backstage.map.api'),
    sockets: t('backstage.map.sockets'),
    function: t('backstage.map.function'),
    bus: t('backstage.map.bus'),
    rule: t('backstage.map.rule'),
    workflow: t('backstage.map.workflow'),
    table: t('backstage.map.table'),
    log: t('backstage.map.log'),
  }))

  function kindOf({ kind }: Part): string {
    return kinds.value[kind]
  }

  /** The API and its function have no name but the bar's. */
  function nameOf(part: Part): string {
    const nameless = part.kind === 'function' ? t('backstage.functions.api') : kindOf(part)
    return shortNameOf(part.name) || nameless
  }

  function kindAndNameOf(part: Part): string {
    return [...new Set([kindOf(part), nameOf(part)])].join(' ')
  }

  return { kindOf, nameOf, kindAndNameOf }
}
