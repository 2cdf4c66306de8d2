// Original file: ../proto/bailiwick/plugin/v2/host.proto

import type * as grpc from '@grpc/grpc-js';
import type { MethodDefinition } from '@grpc/proto-loader';
import type {
  DeleteValueRequest as _bailiwick_plugin_v2_DeleteValueRequest,
  DeleteValueRequest__Output as _bailiwick_plugin_v2_DeleteValueRequest__Output,
} from '../../../bailiwick/plugin/v2/DeleteValueRequest.js';
import type {
  DeleteValueResponse as _bailiwick_plugin_v2_DeleteValueResponse,
  DeleteValueResponse__Output as _bailiwick_plugin_v2_DeleteValueResponse__Output,
} from '../../../bailiwick/plugin/v2/DeleteValueResponse.js';
import type {
  EmitEventRequest as _bailiwick_plugin_v2_EmitEventRequest,
  EmitEventRequest__Output as _bailiwick_plugin_v2_EmitEventRequest__Output,
} from '../../../bailiwick/plugin/v2/EmitEventRequest.js';
import type {
  EmitEventResponse as _bailiwick_plugin_v2_EmitEventResponse,
  EmitEventResponse__Output as _bailiwick_plugin_v2_EmitEventResponse__Output,
} from '../../../bailiwick/plugin/v2/EmitEventResponse.js';
import type {
  EventBatch as _bailiwick_plugin_v2_EventBatch,
  EventBatch__Output as _bailiwick_plugin_v2_EventBatch__Output,
} from '../../../bailiwick/plugin/v2/EventBatch.js';
import type {
  GetValueRequest as _bailiwick_plugin_v2_GetValueRequest,
  GetValueRequest__Output as _bailiwick_plugin_v2_GetValueRequest__Output,
} from '../../../bailiwick/plugin/v2/GetValueRequest.js';
import type {
  GetValueResponse as _bailiwick_plugin_v2_GetValueResponse,
  GetValueResponse__Output as _bailiwick_plugin_v2_GetValueResponse__Output,
} from '../../../bailiwick/plugin/v2/GetValueResponse.js';
import type {
  ListContainersRequest as _bailiwick_plugin_v2_ListContainersRequest,
  ListContainersRequest__Output as _bailiwick_plugin_v2_ListContainersRequest__Output,
} from '../../../bailiwick/plugin/v2/ListContainersRequest.js';
import type {
  ListContainersResponse as _bailiwick_plugin_v2_ListContainersResponse,
  ListContainersResponse__Output as _bailiwick_plugin_v2_ListContainersResponse__Output,
} from '../../../bailiwick/plugin/v2/ListContainersResponse.js';
import type {
  ListKeysRequest as _bailiwick_plugin_v2_ListKeysRequest,
  ListKeysRequest__Output as _bailiwick_plugin_v2_ListKeysRequest__Output,
} from '../../../bailiwick/plugin/v2/ListKeysRequest.js';
import type {
  ListKeysResponse as _bailiwick_plugin_v2_ListKeysResponse,
  ListKeysResponse__Output as _bailiwick_plugin_v2_ListKeysResponse__Output,
} from '../../../bailiwick/plugin/v2/ListKeysResponse.js';
import type {
  ListRolesRequest as _bailiwick_plugin_v2_ListRolesRequest,
  ListRolesRequest__Output as _bailiwick_plugin_v2_ListRolesRequest__Output,
} from '../../../bailiwick/plugin/v2/ListRolesRequest.js';
import type {
  ListRolesResponse as _bailiwick_plugin_v2_ListRolesResponse,
  ListRolesResponse__Output as _bailiwick_plugin_v2_ListRolesResponse__Output,
} from '../../../bailiwick/plugin/v2/ListRolesResponse.js';
import type {
  ListUsersRequest as _bailiwick_plugin_v2_ListUsersRequest,
  ListUsersRequest__Output as _bailiwick_plugin_v2_ListUsersRequest__Output,
} from '../../../bailiwick/plugin/v2/ListUsersRequest.js';
import type {
  ListUsersResponse as _bailiwick_plugin_v2_ListUsersResponse,
  ListUsersResponse__Output as _bailiwick_plugin_v2_ListUsersResponse__Output,
} from '../../../bailiwick/plugin/v2/ListUsersResponse.js';
import type {
  SetIdentityTagRequest as _bailiwick_plugin_v2_SetIdentityTagRequest,
  SetIdentityTagRequest__Output as _bailiwick_plugin_v2_SetIdentityTagRequest__Output,
} from '../../../bailiwick/plugin/v2/SetIdentityTagRequest.js';
import type {
  SetIdentityTagResponse as _bailiwick_plugin_v2_SetIdentityTagResponse,
  SetIdentityTagResponse__Output as _bailiwick_plugin_v2_SetIdentityTagResponse__Output,
} from '../../../bailiwick/plugin/v2/SetIdentityTagResponse.js';
import type {
  SetValueRequest as _bailiwick_plugin_v2_SetValueRequest,
  SetValueRequest__Output as _bailiwick_plugin_v2_SetValueRequest__Output,
} from '../../../bailiwick/plugin/v2/SetValueRequest.js';
import type {
  SetValueResponse as _bailiwick_plugin_v2_SetValueResponse,
  SetValueResponse__Output as _bailiwick_plugin_v2_SetValueResponse__Output,
} from '../../../bailiwick/plugin/v2/SetValueResponse.js';
import type {
  SubscribeRequest as _bailiwick_plugin_v2_SubscribeRequest,
  SubscribeRequest__Output as _bailiwick_plugin_v2_SubscribeRequest__Output,
} from '../../../bailiwick/plugin/v2/SubscribeRequest.js';
import type {
  SyncUserRequest as _bailiwick_plugin_v2_SyncUserRequest,
  SyncUserRequest__Output as _bailiwick_plugin_v2_SyncUserRequest__Output,
} from '../../../bailiwick/plugin/v2/SyncUserRequest.js';
import type {
  SyncUserResponse as _bailiwick_plugin_v2_SyncUserResponse,
  SyncUserResponse__Output as _bailiwick_plugin_v2_SyncUserResponse__Output,
} from '../../../bailiwick/plugin/v2/SyncUserResponse.js';
import type {
  UpsertRoleRequest as _bailiwick_plugin_v2_UpsertRoleRequest,
  UpsertRoleRequest__Output as _bailiwick_plugin_v2_UpsertRoleRequest__Output,
} from '../../../bailiwick/plugin/v2/UpsertRoleRequest.js';
import type {
  UpsertRoleResponse as _bailiwick_plugin_v2_UpsertRoleResponse,
  UpsertRoleResponse__Output as _bailiwick_plugin_v2_UpsertRoleResponse__Output,
} from '../../../bailiwick/plugin/v2/UpsertRoleResponse.js';
import type {
  WriteLogRequest as _bailiwick_plugin_v2_WriteLogRequest,
  WriteLogRequest__Output as _bailiwick_plugin_v2_WriteLogRequest__Output,
} from '../../../bailiwick/plugin/v2/WriteLogRequest.js';
import type {
  WriteLogResponse as _bailiwick_plugin_v2_WriteLogResponse,
  WriteLogResponse__Output as _bailiwick_plugin_v2_WriteLogResponse__Output,
} from '../../../bailiwick/plugin/v2/WriteLogResponse.js';

export interface HostClient extends grpc.Client {
  DeleteValue(
    argument: _bailiwick_plugin_v2_DeleteValueRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_DeleteValueResponse__Output>,
  ): grpc.ClientUnaryCall;
  DeleteValue(
    argument: _bailiwick_plugin_v2_DeleteValueRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_DeleteValueResponse__Output>,
  ): grpc.ClientUnaryCall;
  DeleteValue(
    argument: _bailiwick_plugin_v2_DeleteValueRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_DeleteValueResponse__Output>,
  ): grpc.ClientUnaryCall;
  DeleteValue(
    argument: _bailiwick_plugin_v2_DeleteValueRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_DeleteValueResponse__Output>,
  ): grpc.ClientUnaryCall;
  deleteValue(
    argument: _bailiwick_plugin_v2_DeleteValueRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_DeleteValueResponse__Output>,
  ): grpc.ClientUnaryCall;
  deleteValue(
    argument: _bailiwick_plugin_v2_DeleteValueRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_DeleteValueResponse__Output>,
  ): grpc.ClientUnaryCall;
  deleteValue(
    argument: _bailiwick_plugin_v2_DeleteValueRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_DeleteValueResponse__Output>,
  ): grpc.ClientUnaryCall;
  deleteValue(
    argument: _bailiwick_plugin_v2_DeleteValueRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_DeleteValueResponse__Output>,
  ): grpc.ClientUnaryCall;

  EmitEvent(
    argument: _bailiwick_plugin_v2_EmitEventRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_EmitEventResponse__Output>,
  ): grpc.ClientUnaryCall;
  EmitEvent(
    argument: _bailiwick_plugin_v2_EmitEventRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_EmitEventResponse__Output>,
  ): grpc.ClientUnaryCall;
  EmitEvent(
    argument: _bailiwick_plugin_v2_EmitEventRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_EmitEventResponse__Output>,
  ): grpc.ClientUnaryCall;
  EmitEvent(
    argument: _bailiwick_plugin_v2_EmitEventRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_EmitEventResponse__Output>,
  ): grpc.ClientUnaryCall;
  emitEvent(
    argument: _bailiwick_plugin_v2_EmitEventRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_EmitEventResponse__Output>,
  ): grpc.ClientUnaryCall;
  emitEvent(
    argument: _bailiwick_plugin_v2_EmitEventRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_EmitEventResponse__Output>,
  ): grpc.ClientUnaryCall;
  emitEvent(
    argument: _bailiwick_plugin_v2_EmitEventRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_EmitEventResponse__Output>,
  ): grpc.ClientUnaryCall;
  emitEvent(
    argument: _bailiwick_plugin_v2_EmitEventRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_EmitEventResponse__Output>,
  ): grpc.ClientUnaryCall;

  GetValue(
    argument: _bailiwick_plugin_v2_GetValueRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_GetValueResponse__Output>,
  ): grpc.ClientUnaryCall;
  GetValue(
    argument: _bailiwick_plugin_v2_GetValueRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_GetValueResponse__Output>,
  ): grpc.ClientUnaryCall;
  GetValue(
    argument: _bailiwick_plugin_v2_GetValueRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_GetValueResponse__Output>,
  ): grpc.ClientUnaryCall;
  GetValue(
    argument: _bailiwick_plugin_v2_GetValueRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_GetValueResponse__Output>,
  ): grpc.ClientUnaryCall;
  getValue(
    argument: _bailiwick_plugin_v2_GetValueRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_GetValueResponse__Output>,
  ): grpc.ClientUnaryCall;
  getValue(
    argument: _bailiwick_plugin_v2_GetValueRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_GetValueResponse__Output>,
  ): grpc.ClientUnaryCall;
  getValue(
    argument: _bailiwick_plugin_v2_GetValueRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_GetValueResponse__Output>,
  ): grpc.ClientUnaryCall;
  getValue(
    argument: _bailiwick_plugin_v2_GetValueRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_GetValueResponse__Output>,
  ): grpc.ClientUnaryCall;

  ListContainers(
    argument: _bailiwick_plugin_v2_ListContainersRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListContainersResponse__Output>,
  ): grpc.ClientUnaryCall;
  ListContainers(
    argument: _bailiwick_plugin_v2_ListContainersRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListContainersResponse__Output>,
  ): grpc.ClientUnaryCall;
  ListContainers(
    argument: _bailiwick_plugin_v2_ListContainersRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListContainersResponse__Output>,
  ): grpc.ClientUnaryCall;
  ListContainers(
    argument: _bailiwick_plugin_v2_ListContainersRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListContainersResponse__Output>,
  ): grpc.ClientUnaryCall;
  listContainers(
    argument: _bailiwick_plugin_v2_ListContainersRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListContainersResponse__Output>,
  ): grpc.ClientUnaryCall;
  listContainers(
    argument: _bailiwick_plugin_v2_ListContainersRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListContainersResponse__Output>,
  ): grpc.ClientUnaryCall;
  listContainers(
    argument: _bailiwick_plugin_v2_ListContainersRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListContainersResponse__Output>,
  ): grpc.ClientUnaryCall;
  listContainers(
    argument: _bailiwick_plugin_v2_ListContainersRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListContainersResponse__Output>,
  ): grpc.ClientUnaryCall;

  ListKeys(
    argument: _bailiwick_plugin_v2_ListKeysRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListKeysResponse__Output>,
  ): grpc.ClientUnaryCall;
  ListKeys(
    argument: _bailiwick_plugin_v2_ListKeysRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListKeysResponse__Output>,
  ): grpc.ClientUnaryCall;
  ListKeys(
    argument: _bailiwick_plugin_v2_ListKeysRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListKeysResponse__Output>,
  ): grpc.ClientUnaryCall;
  ListKeys(
    argument: _bailiwick_plugin_v2_ListKeysRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListKeysResponse__Output>,
  ): grpc.ClientUnaryCall;
  listKeys(
    argument: _bailiwick_plugin_v2_ListKeysRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListKeysResponse__Output>,
  ): grpc.ClientUnaryCall;
  listKeys(
    argument: _bailiwick_plugin_v2_ListKeysRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListKeysResponse__Output>,
  ): grpc.ClientUnaryCall;
  listKeys(
    argument: _bailiwick_plugin_v2_ListKeysRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListKeysResponse__Output>,
  ): grpc.ClientUnaryCall;
  listKeys(
    argument: _bailiwick_plugin_v2_ListKeysRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListKeysResponse__Output>,
  ): grpc.ClientUnaryCall;

  ListRoles(
    argument: _bailiwick_plugin_v2_ListRolesRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListRolesResponse__Output>,
  ): grpc.ClientUnaryCall;
  ListRoles(
    argument: _bailiwick_plugin_v2_ListRolesRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListRolesResponse__Output>,
  ): grpc.ClientUnaryCall;
  ListRoles(
    argument: _bailiwick_plugin_v2_ListRolesRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListRolesResponse__Output>,
  ): grpc.ClientUnaryCall;
  ListRoles(
    argument: _bailiwick_plugin_v2_ListRolesRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListRolesResponse__Output>,
  ): grpc.ClientUnaryCall;
  listRoles(
    argument: _bailiwick_plugin_v2_ListRolesRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListRolesResponse__Output>,
  ): grpc.ClientUnaryCall;
  listRoles(
    argument: _bailiwick_plugin_v2_ListRolesRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListRolesResponse__Output>,
  ): grpc.ClientUnaryCall;
  listRoles(
    argument: _bailiwick_plugin_v2_ListRolesRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListRolesResponse__Output>,
  ): grpc.ClientUnaryCall;
  listRoles(
    argument: _bailiwick_plugin_v2_ListRolesRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListRolesResponse__Output>,
  ): grpc.ClientUnaryCall;

  ListUsers(
    argument: _bailiwick_plugin_v2_ListUsersRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListUsersResponse__Output>,
  ): grpc.ClientUnaryCall;
  ListUsers(
    argument: _bailiwick_plugin_v2_ListUsersRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListUsersResponse__Output>,
  ): grpc.ClientUnaryCall;
  ListUsers(
    argument: _bailiwick_plugin_v2_ListUsersRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListUsersResponse__Output>,
  ): grpc.ClientUnaryCall;
  ListUsers(
    argument: _bailiwick_plugin_v2_ListUsersRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListUsersResponse__Output>,
  ): grpc.ClientUnaryCall;
  listUsers(
    argument: _bailiwick_plugin_v2_ListUsersRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListUsersResponse__Output>,
  ): grpc.ClientUnaryCall;
  listUsers(
    argument: _bailiwick_plugin_v2_ListUsersRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListUsersResponse__Output>,
  ): grpc.ClientUnaryCall;
  listUsers(
    argument: _bailiwick_plugin_v2_ListUsersRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListUsersResponse__Output>,
  ): grpc.ClientUnaryCall;
  listUsers(
    argument: _bailiwick_plugin_v2_ListUsersRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListUsersResponse__Output>,
  ): grpc.ClientUnaryCall;

  SetIdentityTag(
    argument: _bailiwick_plugin_v2_SetIdentityTagRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SetIdentityTagResponse__Output>,
  ): grpc.ClientUnaryCall;
  SetIdentityTag(
    argument: _bailiwick_plugin_v2_SetIdentityTagRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SetIdentityTagResponse__Output>,
  ): grpc.ClientUnaryCall;
  SetIdentityTag(
    argument: _bailiwick_plugin_v2_SetIdentityTagRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SetIdentityTagResponse__Output>,
  ): grpc.ClientUnaryCall;
  SetIdentityTag(
    argument: _bailiwick_plugin_v2_SetIdentityTagRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SetIdentityTagResponse__Output>,
  ): grpc.ClientUnaryCall;
  setIdentityTag(
    argument: _bailiwick_plugin_v2_SetIdentityTagRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SetIdentityTagResponse__Output>,
  ): grpc.ClientUnaryCall;
  setIdentityTag(
    argument: _bailiwick_plugin_v2_SetIdentityTagRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SetIdentityTagResponse__Output>,
  ): grpc.ClientUnaryCall;
  setIdentityTag(
    argument: _bailiwick_plugin_v2_SetIdentityTagRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SetIdentityTagResponse__Output>,
  ): grpc.ClientUnaryCall;
  setIdentityTag(
    argument: _bailiwick_plugin_v2_SetIdentityTagRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SetIdentityTagResponse__Output>,
  ): grpc.ClientUnaryCall;

  SetValue(
    argument: _bailiwick_plugin_v2_SetValueRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SetValueResponse__Output>,
  ): grpc.ClientUnaryCall;
  SetValue(
    argument: _bailiwick_plugin_v2_SetValueRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SetValueResponse__Output>,
  ): grpc.ClientUnaryCall;
  SetValue(
    argument: _bailiwick_plugin_v2_SetValueRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SetValueResponse__Output>,
  ): grpc.ClientUnaryCall;
  SetValue(
    argument: _bailiwick_plugin_v2_SetValueRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SetValueResponse__Output>,
  ): grpc.ClientUnaryCall;
  setValue(
    argument: _bailiwick_plugin_v2_SetValueRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SetValueResponse__Output>,
  ): grpc.ClientUnaryCall;
  setValue(
    argument: _bailiwick_plugin_v2_SetValueRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SetValueResponse__Output>,
  ): grpc.ClientUnaryCall;
  setValue(
    argument: _bailiwick_plugin_v2_SetValueRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SetValueResponse__Output>,
  ): grpc.ClientUnaryCall;
  setValue(
    argument: _bailiwick_plugin_v2_SetValueRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SetValueResponse__Output>,
  ): grpc.ClientUnaryCall;

  Subscribe(
    argument: _bailiwick_plugin_v2_SubscribeRequest,
    metadata: grpc.Metadata,
    options?: grpc.CallOptions,
  ): grpc.ClientReadableStream<_bailiwick_plugin_v2_EventBatch__Output>;
  Subscribe(
    argument: _bailiwick_plugin_v2_SubscribeRequest,
    options?: grpc.CallOptions,
  ): grpc.ClientReadableStream<_bailiwick_plugin_v2_EventBatch__Output>;
  subscribe(
    argument: _bailiwick_plugin_v2_SubscribeRequest,
    metadata: grpc.Metadata,
    options?: grpc.CallOptions,
  ): grpc.ClientReadableStream<_bailiwick_plugin_v2_EventBatch__Output>;
  subscribe(
    argument: _bailiwick_plugin_v2_SubscribeRequest,
    options?: grpc.CallOptions,
  ): grpc.ClientReadableStream<_bailiwick_plugin_v2_EventBatch__Output>;

  SyncUser(
    argument: _bailiwick_plugin_v2_SyncUserRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SyncUserResponse__Output>,
  ): grpc.ClientUnaryCall;
  SyncUser(
    argument: _bailiwick_plugin_v2_SyncUserRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SyncUserResponse__Output>,
  ): grpc.ClientUnaryCall;
  SyncUser(
    argument: _bailiwick_plugin_v2_SyncUserRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SyncUserResponse__Output>,
  ): grpc.ClientUnaryCall;
  SyncUser(
    argument: _bailiwick_plugin_v2_SyncUserRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SyncUserResponse__Output>,
  ): grpc.ClientUnaryCall;
  syncUser(
    argument: _bailiwick_plugin_v2_SyncUserRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SyncUserResponse__Output>,
  ): grpc.ClientUnaryCall;
  syncUser(
    argument: _bailiwick_plugin_v2_SyncUserRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SyncUserResponse__Output>,
  ): grpc.ClientUnaryCall;
  syncUser(
    argument: _bailiwick_plugin_v2_SyncUserRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SyncUserResponse__Output>,
  ): grpc.ClientUnaryCall;
  syncUser(
    argument: _bailiwick_plugin_v2_SyncUserRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SyncUserResponse__Output>,
  ): grpc.ClientUnaryCall;

  UpsertRole(
    argument: _bailiwick_plugin_v2_UpsertRoleRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_UpsertRoleResponse__Output>,
  ): grpc.ClientUnaryCall;
  UpsertRole(
    argument: _bailiwick_plugin_v2_UpsertRoleRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_UpsertRoleResponse__Output>,
  ): grpc.ClientUnaryCall;
  UpsertRole(
    argument: _bailiwick_plugin_v2_UpsertRoleRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_UpsertRoleResponse__Output>,
  ): grpc.ClientUnaryCall;
  UpsertRole(
    argument: _bailiwick_plugin_v2_UpsertRoleRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_UpsertRoleResponse__Output>,
  ): grpc.ClientUnaryCall;
  upsertRole(
    argument: _bailiwick_plugin_v2_UpsertRoleRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_UpsertRoleResponse__Output>,
  ): grpc.ClientUnaryCall;
  upsertRole(
    argument: _bailiwick_plugin_v2_UpsertRoleRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_UpsertRoleResponse__Output>,
  ): grpc.ClientUnaryCall;
  upsertRole(
    argument: _bailiwick_plugin_v2_UpsertRoleRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_UpsertRoleResponse__Output>,
  ): grpc.ClientUnaryCall;
  upsertRole(
    argument: _bailiwick_plugin_v2_UpsertRoleRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_UpsertRoleResponse__Output>,
  ): grpc.ClientUnaryCall;

  WriteLog(
    argument: _bailiwick_plugin_v2_WriteLogRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_WriteLogResponse__Output>,
  ): grpc.ClientUnaryCall;
  WriteLog(
    argument: _bailiwick_plugin_v2_WriteLogRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_WriteLogResponse__Output>,
  ): grpc.ClientUnaryCall;
  WriteLog(
    argument: _bailiwick_plugin_v2_WriteLogRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_WriteLogResponse__Output>,
  ): grpc.ClientUnaryCall;
  WriteLog(
    argument: _bailiwick_plugin_v2_WriteLogRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_WriteLogResponse__Output>,
  ): grpc.ClientUnaryCall;
  writeLog(
    argument: _bailiwick_plugin_v2_WriteLogRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_WriteLogResponse__Output>,
  ): grpc.ClientUnaryCall;
  writeLog(
    argument: _bailiwick_plugin_v2_WriteLogRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_WriteLogResponse__Output>,
  ): grpc.ClientUnaryCall;
  writeLog(
    argument: _bailiwick_plugin_v2_WriteLogRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_WriteLogResponse__Output>,
  ): grpc.ClientUnaryCall;
  writeLog(
    argument: _bailiwick_plugin_v2_WriteLogRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_WriteLogResponse__Output>,
  ): grpc.ClientUnaryCall;
}

export interface HostHandlers extends grpc.UntypedServiceImplementation {
  DeleteValue: grpc.handleUnaryCall<
    _bailiwick_plugin_v2_DeleteValueRequest__Output,
    _bailiwick_plugin_v2_DeleteValueResponse
  >;

  EmitEvent: grpc.handleUnaryCall<
    _bailiwick_plugin_v2_EmitEventRequest__Output,
    _bailiwick_plugin_v2_EmitEventResponse
  >;

  GetValue: grpc.handleUnaryCall<_bailiwick_plugin_v2_GetValueRequest__Output, _bailiwick_plugin_v2_GetValueResponse>;

  ListContainers: grpc.handleUnaryCall<
    _bailiwick_plugin_v2_ListContainersRequest__Output,
    _bailiwick_plugin_v2_ListContainersResponse
  >;

  ListKeys: grpc.handleUnaryCall<_bailiwick_plugin_v2_ListKeysRequest__Output, _bailiwick_plugin_v2_ListKeysResponse>;

  ListRoles: grpc.handleUnaryCall<
    _bailiwick_plugin_v2_ListRolesRequest__Output,
    _bailiwick_plugin_v2_ListRolesResponse
  >;

  ListUsers: grpc.handleUnaryCall<
    _bailiwick_plugin_v2_ListUsersRequest__Output,
    _bailiwick_plugin_v2_ListUsersResponse
  >;

  SetIdentityTag: grpc.handleUnaryCall<
    _bailiwick_plugin_v2_SetIdentityTagRequest__Output,
    _bailiwick_plugin_v2_SetIdentityTagResponse
  >;

  SetValue: grpc.handleUnaryCall<_bailiwick_plugin_v2_SetValueRequest__Output, _bailiwick_plugin_v2_SetValueResponse>;

  Subscribe: grpc.handleServerStreamingCall<
    _bailiwick_plugin_v2_SubscribeRequest__Output,
    _bailiwick_plugin_v2_EventBatch
  >;

  SyncUser: grpc.handleUnaryCall<_bailiwick_plugin_v2_SyncUserRequest__Output, _bailiwick_plugin_v2_SyncUserResponse>;

  UpsertRole: grpc.handleUnaryCall<
    _bailiwick_plugin_v2_UpsertRoleRequest__Output,
    _bailiwick_plugin_v2_UpsertRoleResponse
  >;

  WriteLog: grpc.handleUnaryCall<_bailiwick_plugin_v2_WriteLogRequest__Output, _bailiwick_plugin_v2_WriteLogResponse>;
}

export interface HostDefinition extends grpc.ServiceDefinition {
  DeleteValue: MethodDefinition<
    _bailiwick_plugin_v2_DeleteValueRequest,
    _bailiwick_plugin_v2_DeleteValueResponse,
    _bailiwick_plugin_v2_DeleteValueRequest__Output,
    _bailiwick_plugin_v2_DeleteValueResponse__Output
  >;
  EmitEvent: MethodDefinition<
    _bailiwick_plugin_v2_EmitEventRequest,
    _bailiwick_plugin_v2_EmitEventResponse,
    _bailiwick_plugin_v2_EmitEventRequest__Output,
    _bailiwick_plugin_v2_EmitEventResponse__Output
  >;
  GetValue: MethodDefinition<
    _bailiwick_plugin_v2_GetValueRequest,
    _bailiwick_plugin_v2_GetValueResponse,
    _bailiwick_plugin_v2_GetValueRequest__Output,
    _bailiwick_plugin_v2_GetValueResponse__Output
  >;
  ListContainers: MethodDefinition<
    _bailiwick_plugin_v2_ListContainersRequest,
    _bailiwick_plugin_v2_ListContainersResponse,
    _bailiwick_plugin_v2_ListContainersRequest__Output,
    _bailiwick_plugin_v2_ListContainersResponse__Output
  >;
  ListKeys: MethodDefinition<
    _bailiwick_plugin_v2_ListKeysRequest,
    _bailiwick_plugin_v2_ListKeysResponse,
    _bailiwick_plugin_v2_ListKeysRequest__Output,
    _bailiwick_plugin_v2_ListKeysResponse__Output
  >;
  ListRoles: MethodDefinition<
    _bailiwick_plugin_v2_ListRolesRequest,
    _bailiwick_plugin_v2_ListRolesResponse,
    _bailiwick_plugin_v2_ListRolesRequest__Output,
    _bailiwick_plugin_v2_ListRolesResponse__Output
  >;
  ListUsers: MethodDefinition<
    _bailiwick_plugin_v2_ListUsersRequest,
    _bailiwick_plugin_v2_ListUsersResponse,
    _bailiwick_plugin_v2_ListUsersRequest__Output,
    _bailiwick_plugin_v2_ListUsersResponse__Output
  >;
  SetIdentityTag: MethodDefinition<
    _bailiwick_plugin_v2_SetIdentityTagRequest,
    _bailiwick_plugin_v2_SetIdentityTagResponse,
    _bailiwick_plugin_v2_SetIdentityTagRequest__Output,
    _bailiwick_plugin_v2_SetIdentityTagResponse__Output
  >;
  SetValue: MethodDefinition<
    _bailiwick_plugin_v2_SetValueRequest,
    _bailiwick_plugin_v2_SetValueResponse,
    _bailiwick_plugin_v2_SetValueRequest__Output,
    _bailiwick_plugin_v2_SetValueResponse__Output
  >;
  Subscribe: MethodDefinition<
    _bailiwick_plugin_v2_SubscribeRequest,
    _bailiwick_plugin_v2_EventBatch,
    _bailiwick_plugin_v2_SubscribeRequest__Output,
    _bailiwick_plugin_v2_EventBatch__Output
  >;
  SyncUser: MethodDefinition<
    _bailiwick_plugin_v2_SyncUserRequest,
    _bailiwick_plugin_v2_SyncUserResponse,
    _bailiwick_plugin_v2_SyncUserRequest__Output,
    _bailiwick_plugin_v2_SyncUserResponse__Output
  >;
  UpsertRole: MethodDefinition<
    _bailiwick_plugin_v2_UpsertRoleRequest,
    _bailiwick_plugin_v2_UpsertRoleResponse,
    _bailiwick_plugin_v2_UpsertRoleRequest__Output,
    _bailiwick_plugin_v2_UpsertRoleResponse__Output
  >;
  WriteLog: MethodDefinition<
    _bailiwick_plugin_v2_WriteLogRequest,
    _bailiwick_plugin_v2_WriteLogResponse,
    _bailiwick_plugin_v2_WriteLogRequest__Output,
    _bailiwick_plugin_v2_WriteLogResponse__Output
  >;
}
