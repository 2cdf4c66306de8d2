import type { ErrorEnvelope } from '@bailiwick/contract';
import type { PowerAction } from './power.rules.ts';

export type IntentAction = PowerAction | 'rename';

/** What was asked of a container and is on its way, or the refusal that came back and stays until it is dismissed. */
export type Intent =
  { state: 'asked'; action: IntentAction } | { state: 'refused'; action: IntentAction; error: IntentError };

export type IntentError = Pick<ErrorEnvelope, 'code' | 'params'> & { requestId?: string };

/** The intents of this browser tab, one per container. They never pretend a result: truth comes from the core. */
export class ContainerIntents {
  private readonly intents = new Map<string, Intent>();
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  of(id: string): Intent | undefined {
    return this.intents.get(id);
  }

  ask(ids: readonly string[], action: IntentAction): void {
    for (const id of ids) this.intents.set(id, { state: 'asked', action });
    this.tell();
  }

  /** The core has obeyed; what it says is shown from here on. A refusal stays. */
  settle(ids: readonly string[]): void {
    for (const id of ids) if (this.intents.get(id)?.state === 'asked') this.intents.delete(id);
    this.tell();
  }

  refuse(id: string, action: IntentAction, error: IntentError): void {
    this.intents.set(id, { state: 'refused', action, error });
    this.tell();
  }

  dismiss(id: string): void {
    this.intents.delete(id);
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
