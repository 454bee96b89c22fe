/** Passing words to the person at the page's foot. `PageShell` shows them. */
import { useToast } from 'primevue/usetoast'

import type { Problem } from './api/problems'
import { useExplain } from './texts/explain'

const SHOWN_MS = 5000

export interface Words {
  /** Something went well or is worth knowing. */
  tell: (text: string) => void
  /** Something did not work: said in the person's words. `what` goes before it, where that is not plain to see. */
  regret: (problem: Problem, what?: string) => void
}

export function useWords(): Words {
  const toast = useToast()
  const explain = useExplain()
  return {
    tell: (text) => toast.add({ severity: 'info', summary: text, life: SHOWN_MS }),
    regret(problem, what) {
      const { title, detail } = explain(problem)
      const [summary, ...more] = [what, title, detail].filter((words) => words != null)
      toast.add({ severity: 'error', summary, detail: more.join(' '), life: SHOWN_MS })
    },
  }
}
