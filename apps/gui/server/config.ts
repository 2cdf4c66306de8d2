import * as z from 'zod';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);

const Variables = z.object({
  BAILIWICK_ENV: z.enum(['production', 'development', 'test']).default('production'),
  BAILIWICK_GUI_HOST: z.string().min(1).default('127.0.0.1'),
  BAILIWICK_GUI_PORT: z.coerce.number().int().min(0).max(65535).default(5000),
  BAILIWICK_CORE_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:8000'),
  BAILIWICK_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Host names beside the public one and the loopback names; `*` allows any. */
  BAILIWICK_ALLOWED_HOSTS: list.default([]),
  /** Addresses and networks whose X-Forwarded-* headers are believed. */
  BAILIWICK_TRUSTED_PROXIES: list.default(['127.0.0.0/8', '::1/128']),
});

export interface Config {
  mode: 'production' | 'development' | 'test';
  host: string;
  port: number;
  coreUrl: string;
  publicUrl: string | undefined;
  allowedHosts: string[];
  trustedProxies: string[];
}

export class ConfigError extends Error {}

/** The only reader of the environment. Throws `ConfigError` with the variable's name and what it accepts. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const parsed = Variables.safeParse(environment);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
  const values = parsed.data;
  return {
    mode: values.BAILIWICK_ENV,
    host: values.BAILIWICK_GUI_HOST,
    port: values.BAILIWICK_GUI_PORT,
    coreUrl: values.BAILIWICK_CORE_URL.replace(/\/+$/, ''),
    publicUrl: values.BAILIWICK_PUBLIC_URL,
    allowedHosts: values.BAILIWICK_ALLOWED_HOSTS,
    trustedProxies: values.BAILIWICK_TRUSTED_PROXIES,
  };
}
