import { type GrpcObject, loadPackageDefinition } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import type { ProtoGrpcType as HostTypes } from './generated/host.js';
import type { ProtoGrpcType as PluginTypes } from './generated/plugin.js';
import type { ProtoGrpcType as V1Types } from './generated/plugin_api_v1.js';
import { PROTOCOLS } from './generated/protocols.js';

/** Of one message, both ways. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
export const LIMITS = {
  'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
  'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
};

const json = JSON.parse(PROTOCOLS) as Parameters<typeof fromJSON>[0];
const definition = fromJSON(json, { longs: Number, enums: String, defaults: true, oneofs: true });
const loaded: GrpcObject = loadPackageDefinition(definition);
// What the loader builds has the shape its type generator wrote for the same files.
const { bailiwick, nebula } = loaded as unknown as PluginTypes & HostTypes & V1Types;

export const PLUGIN_SERVICE = (bailiwick.plugin.v2 as PluginTypes['bailiwick']['plugin']['v2']).Plugin.service;
export const PluginClient = (bailiwick.plugin.v2 as PluginTypes['bailiwick']['plugin']['v2']).Plugin;
export const HOST_SERVICE = (bailiwick.plugin.v2 as HostTypes['bailiwick']['plugin']['v2']).Host.service;
export const HostClient = (bailiwick.plugin.v2 as HostTypes['bailiwick']['plugin']['v2']).Host;
export const V1_SERVICE = nebula.plugin.v1.PluginService.service;
export const V1Client = nebula.plugin.v1.PluginService;
