import type { ErrorEnvelope } from '@bailiwick/contract';

/** As the contract has it: long, and no other rule. */
export const isPassword = (text: string): boolean => text.length >= 12 && text.length <= 128;

interface WrongField {
  readonly name: 'current' | 'password';
  readonly words: 'wrongCurrent' | 'wrongNew' | 'weak';
}

/** Which field a refusal is about; null where it is about none. */
export function wrongPasswordField({ code }: Pick<ErrorEnvelope, 'code'>): WrongField | null {
  if (code === 'invalid_credentials') return { name: 'current', words: 'wrongCurrent' };
  if (code === 'weak_password') return { name: 'password', words: 'weak' };
  if (code === 'invalid_request') return { name: 'password', words: 'wrongNew' };
  return null;
}
