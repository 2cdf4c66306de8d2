import { SendTestMail } from '@bailiwick/contract';
import { MailRefused, type SmtpDriver } from '../../foundation/mail/smtp.driver.js';
import { defineOperation } from '../../foundation/operations/operation.js';
import { unreachable } from '../../kernel/errors.js';

/** One mail at once and without the queue: what the server says is the result. */
export const sendTestMail = (smtp: SmtpDriver) =>
  defineOperation({
    name: 'mail.test',
    capability: 'settings.update',
    input: SendTestMail,
    steps: ['connect', 'send'],
    run: async ({ to }, { id, step, signal }) => {
      await step('connect', () => inWords(() => smtp.greet()));
      await step('send', (attempt) =>
        inWords(() =>
          smtp.send(
            {
              to,
              subject: 'Mail from Bailiwick works',
              text: 'This is the test mail somebody asked for in the settings of Bailiwick. There is nothing to do.',
            },
            `${id}.${attempt}`,
            signal,
          ),
        ),
      );
    },
  });

async function inWords(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error;
    throw unreachable('mail_failed', 'The mail server did not take it.', {
      params: { failure: error.failure },
      ...(error.said === null ? {} : { raw: error.said }),
      cause: error,
    });
  }
}
