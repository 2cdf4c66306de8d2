import { credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import type { MethodDefinition } from '@grpc/proto-loader';
import { HostError, HostRefused, NotThere, ScopeMissing } from './failures.js';
import type { HostClient as HostCalls } from './generated/bailiwick/plugin/v2/Host.js';
import { HostClient, LIMITS } from './protocols.js';

const DEADLINE_MS = 10_000;
/** The core takes eight at once; two of them are left to subscriptions. */
const AT_ONCE = 6;

/** Asks the core: by the plugin's token, with a deadline, a few at once. */
export class HostConnection {
  private readonly made: HostCalls | undefined;
  private underWay = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    address: string,
    private readonly token: string,
    private readonly scopes: ReadonlySet<string>,
  ) {
    if (address === '') return;
    this.made = new HostClient(address, credentials.createInsecure(), {
      ...LIMITS,
      'grpc.initial_reconnect_backoff_ms': 200,
      'grpc.max_reconnect_backoff_ms': 2000,
    });
  }

  /** A core that names no place for it cannot be asked. */
  get client(): HostCalls {
    if (!this.made) throw new HostError('Host', status.UNAVAILABLE, 'The core named no place to ask it at.');
    return this.made;
  }

  /** Waits for the core where it is away for a moment, until the deadline. */
  metadata(): Metadata {
    const metadata = new Metadata({ waitForReady: true });
    metadata.set('authorization', `Bearer ${this.token}`);
    return metadata;
  }

  /** `needs` names the scopes of the method, for the words of a refusal. */
  async call<Asked, Given, Taken, Answer>(
    { path, requestSerialize, responseDeserialize }: MethodDefinition<Asked, Given, Taken, Answer>,
    needs: string[],
    asked: Asked,
  ): Promise<Answer> {
    await this.turn();
    const name = path.slice(path.lastIndexOf('/') + 1);
    const options = { deadline: Date.now() + DEADLINE_MS };
    try {
      return await new Promise((resolve, reject) => {
        this.client.makeUnaryRequest(
          path,
          requestSerialize,
          responseDeserialize,
          asked,
          this.metadata(),
          options,
          (error, answer) => {
            if (error) reject(this.failure(name, needs, error));
            else if (answer === undefined) reject(new HostError(name, status.INTERNAL, `${name}: no answer.`));
            else resolve(answer);
          },
        );
      });
    } finally {
      this.underWay -= 1;
      this.waiting.shift()?.();
    }
  }

  failure(method: string, needs: string[], { code, details }: Pick<ServiceError, 'code' | 'details'>): HostError {
    const missing = needs.find((scope) => !this.scopes.has(scope));
    if (code === status.PERMISSION_DENIED && missing) return new ScopeMissing(method, code, missing);
    const message = `${method}: ${details}`;
    if (code === status.PERMISSION_DENIED) return new HostRefused(method, code, message);
    if (code === status.NOT_FOUND) return new NotThere(method, code, message);
    return new HostError(method, code, message);
  }

  close(): void {
    this.made?.close();
  }

  private async turn(): Promise<void> {
    while (this.underWay >= AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.underWay += 1;
  }
}
