import type { Letter } from '../../foundation/mail/smtp.driver.js';

interface Addressee {
  readonly email: string;
  readonly displayName: string;
  readonly username: string;
}

/** The way back in: a link for this device, a code for another. */
export const resetMail = (
  to: Addressee,
  { url, code, linkMinutes, codeMinutes }: { url: string; code: string; linkMinutes: number; codeMinutes: number },
): Letter => ({
  to: to.email,
  subject: 'Choose a new password',
  text: [
    `Hello ${to.displayName},`,
    `somebody asked for a new password for your account "${to.username}" on Bailiwick. If that was you, open this link within ${linkMinutes} minutes:`,
    url,
    `Or type this code where you asked for it. It is good for ${codeMinutes} minutes:`,
    code,
    'If it was not you, there is nothing to do: your password stays as it is, and nobody else can read this mail. Never tell anybody the code.',
  ].join('\n\n'),
});
