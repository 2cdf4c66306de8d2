// Original file: ../proto/nebula/plugin/v1/plugin_api_v1.proto

import type * as grpc from '@grpc/grpc-js';
import type { MethodDefinition } from '@grpc/proto-loader';
import type {
  Empty as _google_protobuf_Empty,
  Empty__Output as _google_protobuf_Empty__Output,
} from '../../../google/protobuf/Empty.js';
import type {
  Struct as _google_protobuf_Struct,
  Struct__Output as _google_protobuf_Struct__Output,
} from '../../../google/protobuf/Struct.js';

export interface PluginServiceClient extends grpc.Client {
  Health(
    argument: _google_protobuf_Empty,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_google_protobuf_Struct__Output>,
  ): grpc.ClientUnaryCall;
  Health(
    argument: _google_protobuf_Empty,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_google_protobuf_Struct__Output>,
  ): grpc.ClientUnaryCall;
  Health(
    argument: _google_protobuf_Empty,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_google_protobuf_Struct__Output>,
  ): grpc.ClientUnaryCall;
  Health(
    argument: _google_protobuf_Empty,
    callback: grpc.requestCallback<_google_protobuf_Struct__Output>,
  ): grpc.ClientUnaryCall;
  health(
    argument: _google_protobuf_Empty,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_google_protobuf_Struct__Output>,
  ): grpc.ClientUnaryCall;
  health(
    argument: _google_protobuf_Empty,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_google_protobuf_Struct__Output>,
  ): grpc.ClientUnaryCall;
  health(
    argument: _google_protobuf_Empty,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_google_protobuf_Struct__Output>,
  ): grpc.ClientUnaryCall;
  health(
    argument: _google_protobuf_Empty,
    callback: grpc.requestCallback<_google_protobuf_Struct__Output>,
  ): grpc.ClientUnaryCall;

  SyncUsers(
    argument: _google_protobuf_Struct,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_google_protobuf_Struct__Output>,
  ): grpc.ClientUnaryCall;
  SyncUsers(
    argument: _google_protobuf_Struct,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_google_protobuf_Struct__Output>,
  ): grpc.ClientUnaryCall;
  SyncUsers(
    argument: _google_protobuf_Struct,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_google_protobuf_Struct__Output>,
  ): grpc.ClientUnaryCall;
  SyncUsers(
    argument: _google_protobuf_Struct,
    callback: grpc.requestCallback<_google_protobuf_Struct__Output>,
  ): grpc.ClientUnaryCall;
  syncUsers(
    argument: _google_protobuf_Struct,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_google_protobuf_Struct__Output>,
  ): grpc.ClientUnaryCall;
  syncUsers(
    argument: _google_protobuf_Struct,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_google_protobuf_Struct__Output>,
  ): grpc.ClientUnaryCall;
  syncUsers(
    argument: _google_protobuf_Struct,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_google_protobuf_Struct__Output>,
  ): grpc.ClientUnaryCall;
  syncUsers(
    argument: _google_protobuf_Struct,
    callback: grpc.requestCallback<_google_protobuf_Struct__Output>,
  ): grpc.ClientUnaryCall;
}

export interface PluginServiceHandlers extends grpc.UntypedServiceImplementation {
  Health: grpc.handleUnaryCall<_google_protobuf_Empty__Output, _google_protobuf_Struct>;

  SyncUsers: grpc.handleUnaryCall<_google_protobuf_Struct__Output, _google_protobuf_Struct>;
}

export interface PluginServiceDefinition extends grpc.ServiceDefinition {
  Health: MethodDefinition<
    _google_protobuf_Empty,
    _google_protobuf_Struct,
    _google_protobuf_Empty__Output,
    _google_protobuf_Struct__Output
  >;
  SyncUsers: MethodDefinition<
    _google_protobuf_Struct,
    _google_protobuf_Struct,
    _google_protobuf_Struct__Output,
    _google_protobuf_Struct__Output
  >;
}
