import { type CreateToken, CreatedToken, ProgramTokens } from '@bailiwick/contract';
import request from 'supertest';
import type { TestApp } from './app.js';
import type { SignedInPerson } from './sign-in.js';

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

type Wish = Partial<CreateToken> & Pick<CreateToken, 'capabilities'>;

/** A personal token as its person would make it. */
export async function aToken(
  { url }: Pick<TestApp, 'url'>,
  { headers }: Pick<SignedInPerson, 'headers'>,
  wish: Wish,
): Promise<CreatedToken & { headers: Record<string, string> }> {
  const { body } = await request(url)
    .post('/api/v1/me/tokens')
    .set(headers)
    .send({ name: 'ci', ...wish })
    .expect(201);
  const made = CreatedToken.parse(body);
  return { ...made, headers: bearer(made.token) };
}

/** A program that signs in by name and password. */
export async function programSignIn(
  { url }: Pick<TestApp, 'url'>,
  named: { username: string; password: string; tenant?: string },
): Promise<ProgramTokens & { headers: Record<string, string> }> {
  const { body } = await request(url).post('/api/v1/token').send(named).expect(200);
  const tokens = ProgramTokens.parse(body);
  return { ...tokens, headers: bearer(tokens.accessToken) };
}
