import { EventEmitter } from 'node:events';

/** What the core announces inside itself; foundation and features add their own by declaration merging. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by `declare module` where each event is published
export interface CoreEvents {}

/** Side effects only: who needs a result makes a call. A failing listener never fails the publisher. */
export class Events {
  private readonly emitter = new EventEmitter().setMaxListeners(0);

  constructor(private readonly onListenerError: (name: string, error: unknown) => void) {}

  publish<Name extends keyof CoreEvents>(name: Name, payload: CoreEvents[Name]): void {
    this.emitter.emit(name, payload);
  }

  /** Returns the function that stops listening. */
  on<Name extends keyof CoreEvents>(name: Name, listener: (payload: CoreEvents[Name]) => void): () => void {
    const guarded = (payload: CoreEvents[Name]): void => {
      try {
        listener(payload);
      } catch (error) {
        this.onListenerError(name, error);
      }
    };
    this.emitter.on(name, guarded);
    return () => this.emitter.off(name, guarded);
  }
}
