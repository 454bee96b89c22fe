/** The rules of the bar's bus as they are deployed, and which of them an event matches: EventBridge itself says. */
import {
  InvalidEventPatternException,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  TestEventPatternCommand,
  type EventBridgeClient,
  type Rule,
} from '@aws-sdk/client-eventbridge'

import { isMissing } from '../cloud/problem'
import { targetOf, type Target } from './target'

export interface BusRule {
  name: string
  description: string
  /** JSON */
  pattern: string
  isEnabled: boolean
  targets: Target[]
}

export class BusRules {
  /** Rules change only when the bar is deployed. */
  private known: Promise<BusRule[]> | null = null

  constructor(
    private readonly eventBridge: EventBridgeClient,
    private readonly busName: string,
  ) {}

  async all(): Promise<BusRule[]> {
    this.known ??= this.read()
    try {
      return await this.known
    } catch (error) {
      this.known = null
      throw error
    }
  }

  /**
   * Those that the event matches.
   *
   * @param envelope - the event as it was on the bus.
   */
  async matched(envelope: Record<string, unknown>): Promise<BusRule[]> {
    const all = await this.all()
    const matches = await Promise.all(all.map((rule) => this.matches(rule, envelope)))
    return all.filter((_, nth) => matches[nth])
  }

  private async matches(
    { pattern, isEnabled }: BusRule,
    envelope: Record<string, unknown>,
  ): Promise<boolean> {
    if (!isEnabled || !pattern) return false
    const asked = new TestEventPatternCommand({ EventPattern: pattern, Event: JSON.stringify(envelope) })
    try {
      return (await this.eventBridge.send(asked)).Result ?? false
    } catch (error) {
      if (error instanceof InvalidEventPatternException) return false // nobody's events match it
      throw error
    }
  }

  private async read(): Promise<BusRule[]> {
    const rules: Rule[] = []
    let NextToken: string | undefined
    do {
      const page = await this.eventBridge.send(
        new ListRulesCommand({ EventBusName: this.busName, ...(NextToken && { NextToken }) }),
      )
      rules.push(...(page.Rules ?? []))
      NextToken = page.NextToken
    } while (NextToken)
    return (await Promise.all(rules.map((rule) => this.withTargets(rule)))).filter((rule) => rule !== null)
  }

  /** null for a rule that was removed since the bus named it. */
  private async withTargets({
    Name: name = '',
    Description: description = '',
    EventPattern: pattern = '',
    State,
  }: Rule): Promise<BusRule | null> {
    try {
      const targets = await this.targetsOf(name)
      return { name, description, pattern, isEnabled: State !== 'DISABLED', targets }
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
  }

  private async targetsOf(rule: string): Promise<Target[]> {
    const asked = new ListTargetsByRuleCommand({ Rule: rule, EventBusName: this.busName })
    return ((await this.eventBridge.send(asked)).Targets ?? []).map(({ Arn = '' }) => targetOf(Arn))
  }
}
