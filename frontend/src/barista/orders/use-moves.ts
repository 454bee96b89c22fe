/** Does what a barista wants with an order: asks first where it cannot be undone, and says so when the bar says no. */
import { nextTick } from 'vue'
import { useI18n } from 'vue-i18n'

import type { Order } from '@/shared/api/contract'
import type { Problem } from '@/shared/api/problems'
import { useQuestion, type Question } from '@/shared/confirm'
import { useWords } from '@/shared/words'

import { useBarista } from '../barista'
import { isAnothers, type Move } from './moves'

/** The id of an order's card in the page. */
export function cardId(orderId: string): string {
  return `order-${orderId}`
}

export function useMoves(): (order: Order, move: Move) => Promise<void> {
  const { t } = useI18n()
  const { board, me, undos } = useBarista()
  const ask = useQuestion()
  const words = useWords()

  function questionOf(order: Order, move: Move): Question | null {
    const number = order.orderNumber ?? '–'
    const no = t('barista.ask.no')
    if (move === 'cancel') {
      const [title, text] = [t('barista.ask.cancel.title', { number }), t('barista.ask.cancel.text')]
      return { title, text, yes: t('barista.ask.cancel.yes'), no, dangerous: true }
    }
    if (move !== 'complete' || !isAnothers(order, me)) return null
    const [title, text] = [t('barista.ask.anothers.title', { number }), t('barista.ask.anothers.text')]
    return { title, text, yes: t('barista.moves.complete'), no }
  }

  /** Where no answer came, the bar may have done it all the same. */
  function whatBecame({ orderNumber }: Order, { status }: Problem): string {
    const number = orderNumber ?? '–'
    return status ? t('barista.notMoved', { number }) : t('barista.moveUnknown', { number })
  }

  return async (order, move) => {
    const question = questionOf(order, move)
    const column = document.activeElement?.closest('section')?.getAttribute('aria-labelledby')
    const isByKeyboard = document.activeElement?.matches(':focus-visible') ?? false
    if (question && !(await ask(question))) return
    undos.withdraw(order.orderId)
    const refusal = board.move(order, move)
    await followFocus(order.orderId, column, isByKeyboard)
    const problem = await refusal
    if (problem) words.regret(problem, whatBecame(order, problem))
    else undos.offer(order, move)
  }
}

/** A card takes its buttons along to another column: the focus goes with it, or stays in the column that it left. */
async function followFocus(
  orderId: string,
  column: string | null | undefined,
  isByKeyboard: boolean,
): Promise<void> {
  await nextTick()
  const card = document.getElementById(cardId(orderId))
  const next = card?.querySelector('button') ?? card ?? document.getElementById(column ?? '')
  next?.focus({ preventScroll: !isByKeyboard }) // who touches a screen does not want it to jump
}
