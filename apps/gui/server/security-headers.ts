import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';

export const newNonce = (): string => randomBytes(16).toString('base64');

/** Scripts are ours and carry the nonce; styles may be inline because primitives position themselves with them. */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  // React's development build rebuilds stack traces with eval; the production build does not.
  const evaluation = development ? " 'unsafe-eval'" : '';
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'${evaluation}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export function setSecurityHeaders(response: ServerResponse, policy: string, proto: 'http' | 'https'): void {
  response.setHeader('Content-Security-Policy', policy);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Referrer-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()');
  if (proto === 'https') response.setHeader('Strict-Transport-Security', 'max-age=31536000');
}
