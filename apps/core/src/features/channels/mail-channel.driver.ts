import { Injectable } from '@nestjs/common';
import { type ChannelFailure, type ChannelSettings, type MailFailure, MailSettings } from '@bailiwick/contract';
import { MailRefused, SmtpDriver } from '../../foundation/mail/smtp.driver.js';
import { ChannelDriver, NotTaken, type Taken } from './channel-driver.js';
import type { Message } from './channel-message.js';
import { linesOf, subjectOf } from './message-words.rules.js';

type Settings = Extract<ChannelSettings, { kind: 'mail' }>;

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

  constructor(private readonly smtp: SmtpDriver) {
    super();
  }

  protected toShown({ kind, to }: Settings) {
    return { kind, to };
  }

  protected async tell({ to }: Settings, message: Message, stopping: AbortSignal): Promise<Taken> {
    if (!this.smtp.server) throw new NotTaken('mail_not_configured', { status: null, said: null }, undefined);
    const text = `${linesOf(message).join('\n')}\n`;
    for (const [at, address] of to.entries())
      await this.letter({ to: address, subject: subjectOf(message), text }, `${message.id}.${at}`, stopping);
    return { status: null, said: null };
  }

  private async letter(letter: { to: string; subject: string; text: string }, id: string, stopping: AbortSignal) {
    try {
      await this.smtp.send(letter, id, stopping);
    } catch (error) {
      if (!(error instanceof MailRefused)) throw error;
      throw new NotTaken(FAILURES[error.failure], { status: null, said: error.said }, undefined, error);
    }
  }
}
