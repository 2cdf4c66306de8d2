/** Thrown by a plugin: what it was asked with is not right. The person reads the message. */
export class InvalidInput extends Error {
  override name = 'InvalidInput';
}

/** Thrown by a plugin: what it stands on (a directory, a service) cannot be reached now. The person reads the message. */
export class Unavailable extends Error {
  override name = 'Unavailable';
}

/** The core did not do what it was asked: `code` is gRPC's. */
export class HostError extends Error {
  override name = 'HostError';
  constructor(
    readonly method: string,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** Nobody agreed that this plugin may ask for it. */
export class ScopeMissing extends HostError {
  override name = 'ScopeMissing';
  constructor(
    method: string,
    code: number,
    /** The scope to name in plugin.json, and to have agreed to. */
    readonly scope: string,
  ) {
    super(method, code, `${method} needs the scope ${scope}, which was not granted.`);
  }
}

/** It may ask, and the answer is no: staff is nobody's to give, for example. */
export class HostRefused extends HostError {
  override name = 'HostRefused';
}

/** It is not there, or this plugin may not see it. */
export class NotThere extends HostError {
  override name = 'NotThere';
}
