/** Lets the fields of a form know of the fault that the API found in it. */
import { inject, nextTick, provide, shallowRef, type InjectionKey, type Ref, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'

import type { Problem } from '@/shared/api/problems'

import { faultIdOf, faultIn, idOf, isAt, type Fault, type Path } from './fault'

const faultKey: InjectionKey<Readonly<Ref<Fault | null>>> = Symbol('fault')

export interface FormFault {
  fault: ShallowRef<Fault | null>
  /** Shows the fault in the problem at its field, and goes there; false if there is no such field. */
  show: (problem: Problem) => Promise<boolean>
}

/** For the form. */
export function provideFault(): FormFault {
  const fault = shallowRef<Fault | null>(null)
  provide(faultKey, fault)
  return {
    fault,
    async show(problem) {
      fault.value = faultIn(problem)
      await nextTick() // what is folded up opens
      if (!fault.value) return false
      const { path } = fault.value
      document.getElementById(idOf(path))?.focus()
      return document.getElementById(faultIdOf(path)) !== null
    },
  }
}

/** For a field: what is wrong with it; empty if nothing is. */
export function useFaultAt(path: () => Path): () => string {
  const { t } = useI18n()
  const fault = inject(faultKey, shallowRef(null))
  return () => {
    const found = fault.value
    if (!found || !isAt(found, path())) return ''
    return found.kind === 'other' ? found.message : t(`barista.faults.${found.kind}`)
  }
}
