import { createHash } from 'node:crypto';
import type { UserId } from '@bailiwick/contract';
import { newId } from '../../kernel/ids.js';

const CODES = 10;

/** Ten of 80 random bits each, in groups of four. */
export const newRecoveryCodes = (): string[] => Array.from({ length: CODES }, newRecoveryCode);

const newRecoveryCode = (): string => (newId('code').slice('code_'.length).match(/.{4}/g) ?? []).join('-');

/** 80 random bits cannot be guessed from their hash, so that it needs no key and goes where its account goes. */
export const hashRecoveryCode = (userId: UserId, code: string): string =>
  createHash('sha256')
    .update(`${userId} ${code.replace(/-/g, '')}`)
    .digest('hex');
