import { Injectable, RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { GATEWAY_METADATA, MESSAGE_MAPPING_METADATA, MESSAGE_METADATA } from '@nestjs/websockets/constants.js';
import type { Capability } from '@bailiwick/contract';
import { ALLOW, PUBLIC } from './allow.decorator.js';

/** One way into the core: a route or a socket message, and the mark it carries. */
export interface EntryPoint {
  /** `POST containers/:id/start`, or `message follow`. */
  readonly name: string;
  /** `ContainersController.start` */
  readonly place: string;
  readonly allow: Capability | undefined;
  readonly isPublic: boolean;
}

interface Candidate {
  readonly instance: unknown;
  readonly metatype: unknown;
}

/** Finds every way into the running core. */
@Injectable()
export class EntryPoints {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  list(): EntryPoint[] {
    return [
      ...this.discovery.getControllers().flatMap((found) => this.methodsOf(found, toRoutes)),
      ...this.discovery
        .getProviders()
        .filter(({ metatype }) => isClass(metatype) && hasMetadata(GATEWAY_METADATA, metatype))
        .flatMap((found) => this.methodsOf(found, toMessages)),
    ];
  }

  private methodsOf({ instance, metatype }: Candidate, toNames: (type: Type, method: object) => string[]) {
    if (!isClass(metatype) || typeof instance !== 'object' || instance === null) return [];
    return this.scanner.getAllMethodNames(Reflect.getPrototypeOf(instance)).flatMap((key): EntryPoint[] => {
      const method: unknown = Reflect.get(instance, key);
      if (typeof method !== 'function') return [];
      return toNames(metatype, method).map((name) => ({
        name,
        place: `${metatype.name}.${key}`,
        allow: metadata<Capability>(ALLOW, method),
        isPublic: metadata<boolean>(PUBLIC, method) ?? false,
      }));
    });
  }
}

function toRoutes(controller: Type, method: object): string[] {
  const verb = metadata<RequestMethod>(METHOD_METADATA, method);
  if (verb === undefined) return [];
  const below = pathsOf(method);
  return pathsOf(controller).flatMap((above) =>
    below.map((path) => `${RequestMethod[verb]} ${[above, path].map(trimSlashes).filter(Boolean).join('/')}`),
  );
}

const toMessages = (_: Type, method: object): string[] =>
  metadata<boolean>(MESSAGE_MAPPING_METADATA, method)
    ? [`message ${metadata<string>(MESSAGE_METADATA, method) ?? ''}`]
    : [];

const pathsOf = (target: object): string[] => [metadata<string | string[]>(PATH_METADATA, target) ?? ''].flat();
const trimSlashes = (path: string): string => path.replace(/^\/+|\/+$/g, '');

// Nest keeps its metadata untyped; what a decorator wrote under its own key has the decorator's type.
const metadata = <Value>(key: string, target: object): Value | undefined =>
  Reflect.getMetadata(key, target) as Value | undefined;
const hasMetadata = (key: string, target: object): boolean => Reflect.hasMetadata(key, target);
const isClass = (value: unknown): value is Type => typeof value === 'function';
