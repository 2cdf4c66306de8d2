import type { Letter } from '../../foundation/mail/smtp.driver.js';

interface Addressee {
  readonly displayName: string;
  readonly username: string;
}

export const passwordChangedMail = (
  { displayName, username }: Addressee,
  { to, at, url }: { to: string; at: string; url: string },
): Letter => ({
  to,
  subject: 'Your password was changed',
  text: [
    `Hello ${displayName},`,
    `the password of your account "${username}" on Bailiwick was changed at ${at}. Every other session was ended.`,
    `If that was not you, ask an administrator at once, and choose a new password here: ${url}`,
  ].join('\n\n'),
});

export const addressChangedMail = ({ displayName, username }: Addressee, to: string): Letter => ({
  to,
  subject: 'Your address was changed',
  text: [
    `Hello ${displayName},`,
    `mail about your account "${username}" on Bailiwick goes to another address from now on. This is the last one here.`,
    'If you did not change it, ask an administrator at once.',
  ].join('\n\n'),
});
