import { Injectable } from '@nestjs/common';
import { type ChannelFailure, type ChannelSettings, type MailFailure, MailSettings } from '@bailiwick/contract';
import { type Letter, MailRefused, SmtpDriver } from '../../foundation/mail/smtp.driver.js';
import { ChannelDriver, NotTaken, type Taken } from './channel-driver.js';
import type { Message } from './channel-message.js';
import { linesOf, subjectOf } from './message-words.rules.js';

type Settings = Extract<ChannelSettings, { kind: 'mail' }>;

const MOST_REMEMBERED = 100;
const FAILURES: Readonly<Record<MailFailure, ChannelFailure>> = {
  unreachable: 'unreachable',
  timeout: 'timeout',
  tls: 'tls',
  login: 'login',
  refused: 'refused',
  deferred: 'failing',
  late: 'failing',
  dropped: 'failing',
};

/** By the mail server of the installation, a letter to each address. */
@Injectable()
export class MailChannelDriver extends ChannelDriver<Settings> {
  readonly kind = 'mail';
  protected readonly schema = MailSettings;

  private readonly taken = new Map<string, Set<string>>();

  constructor(private readonly smtp: SmtpDriver) {
    super();
  }

  protected toShown({ kind, to }: Settings) {
    return { kind, to };
  }

  protected async tell({ to }: Settings, message: Message, stopping: AbortSignal): Promise<Taken> {
    if (!this.smtp.server) throw new NotTaken('mail_not_configured', { status: null, said: null }, undefined);
    const text = `${linesOf(message).join('\n')}\n`;
    const taken = this.takenOf(message.id);
    let refusal: NotTaken | undefined;
    for (const address of to.filter((each) => !taken.has(each))) {
      // One that is wrong keeps nobody else from hearing of it, once.
      const letter = { to: address, subject: subjectOf(message), text };
      const failed = await this.letter(letter, `${message.id}.${to.indexOf(address)}`, stopping);
      if (failed) refusal ??= failed;
      else taken.add(address);
    }
    if (refusal) throw refusal;
    this.taken.delete(message.id);
    return { status: null, said: null };
  }

  /** Whose letters a server has of a message that is tried again; after a restart they go out again. */
  private takenOf(id: string): Set<string> {
    const taken = this.taken.get(id) ?? new Set();
    this.taken.set(id, taken);
    const [oldest] = this.taken.keys();
    if (this.taken.size > MOST_REMEMBERED && oldest !== undefined) this.taken.delete(oldest);
    return taken;
  }

  private async letter(letter: Letter, id: string, stopping: AbortSignal): Promise<NotTaken | undefined> {
    try {
      await this.smtp.send(letter, id, stopping);
      return undefined;
    } catch (error) {
      if (!(error instanceof MailRefused)) throw error;
      return new NotTaken(FAILURES[error.failure], { status: null, said: error.said }, undefined, error);
    }
  }
}
