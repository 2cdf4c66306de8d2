// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

import type * as grpc from '@grpc/grpc-js';
import type { MethodDefinition } from '@grpc/proto-loader';
import type {
  AccessHookRequest as _bailiwick_plugin_v2_AccessHookRequest,
  AccessHookRequest__Output as _bailiwick_plugin_v2_AccessHookRequest__Output,
} from '../../../bailiwick/plugin/v2/AccessHookRequest.js';
import type {
  ActionProgress as _bailiwick_plugin_v2_ActionProgress,
  ActionProgress__Output as _bailiwick_plugin_v2_ActionProgress__Output,
} from '../../../bailiwick/plugin/v2/ActionProgress.js';
import type {
  DeployHookRequest as _bailiwick_plugin_v2_DeployHookRequest,
  DeployHookRequest__Output as _bailiwick_plugin_v2_DeployHookRequest__Output,
} from '../../../bailiwick/plugin/v2/DeployHookRequest.js';
import type {
  DescribeRequest as _bailiwick_plugin_v2_DescribeRequest,
  DescribeRequest__Output as _bailiwick_plugin_v2_DescribeRequest__Output,
} from '../../../bailiwick/plugin/v2/DescribeRequest.js';
import type {
  Description as _bailiwick_plugin_v2_Description,
  Description__Output as _bailiwick_plugin_v2_Description__Output,
} from '../../../bailiwick/plugin/v2/Description.js';
import type {
  HealthRequest as _bailiwick_plugin_v2_HealthRequest,
  HealthRequest__Output as _bailiwick_plugin_v2_HealthRequest__Output,
} from '../../../bailiwick/plugin/v2/HealthRequest.js';
import type {
  HealthResponse as _bailiwick_plugin_v2_HealthResponse,
  HealthResponse__Output as _bailiwick_plugin_v2_HealthResponse__Output,
} from '../../../bailiwick/plugin/v2/HealthResponse.js';
import type {
  HookAnswer as _bailiwick_plugin_v2_HookAnswer,
  HookAnswer__Output as _bailiwick_plugin_v2_HookAnswer__Output,
} from '../../../bailiwick/plugin/v2/HookAnswer.js';
import type {
  InitializeRequest as _bailiwick_plugin_v2_InitializeRequest,
  InitializeRequest__Output as _bailiwick_plugin_v2_InitializeRequest__Output,
} from '../../../bailiwick/plugin/v2/InitializeRequest.js';
import type {
  InitializeResponse as _bailiwick_plugin_v2_InitializeResponse,
  InitializeResponse__Output as _bailiwick_plugin_v2_InitializeResponse__Output,
} from '../../../bailiwick/plugin/v2/InitializeResponse.js';
import type {
  ListPresetsRequest as _bailiwick_plugin_v2_ListPresetsRequest,
  ListPresetsRequest__Output as _bailiwick_plugin_v2_ListPresetsRequest__Output,
} from '../../../bailiwick/plugin/v2/ListPresetsRequest.js';
import type {
  ListPresetsResponse as _bailiwick_plugin_v2_ListPresetsResponse,
  ListPresetsResponse__Output as _bailiwick_plugin_v2_ListPresetsResponse__Output,
} from '../../../bailiwick/plugin/v2/ListPresetsResponse.js';
import type {
  Notice as _bailiwick_plugin_v2_Notice,
  Notice__Output as _bailiwick_plugin_v2_Notice__Output,
} from '../../../bailiwick/plugin/v2/Notice.js';
import type {
  ReadMetricsRequest as _bailiwick_plugin_v2_ReadMetricsRequest,
  ReadMetricsRequest__Output as _bailiwick_plugin_v2_ReadMetricsRequest__Output,
} from '../../../bailiwick/plugin/v2/ReadMetricsRequest.js';
import type {
  ReadMetricsResponse as _bailiwick_plugin_v2_ReadMetricsResponse,
  ReadMetricsResponse__Output as _bailiwick_plugin_v2_ReadMetricsResponse__Output,
} from '../../../bailiwick/plugin/v2/ReadMetricsResponse.js';
import type {
  RunActionRequest as _bailiwick_plugin_v2_RunActionRequest,
  RunActionRequest__Output as _bailiwick_plugin_v2_RunActionRequest__Output,
} from '../../../bailiwick/plugin/v2/RunActionRequest.js';
import type {
  SendNoticeResponse as _bailiwick_plugin_v2_SendNoticeResponse,
  SendNoticeResponse__Output as _bailiwick_plugin_v2_SendNoticeResponse__Output,
} from '../../../bailiwick/plugin/v2/SendNoticeResponse.js';
import type {
  ShutdownRequest as _bailiwick_plugin_v2_ShutdownRequest,
  ShutdownRequest__Output as _bailiwick_plugin_v2_ShutdownRequest__Output,
} from '../../../bailiwick/plugin/v2/ShutdownRequest.js';
import type {
  ShutdownResponse as _bailiwick_plugin_v2_ShutdownResponse,
  ShutdownResponse__Output as _bailiwick_plugin_v2_ShutdownResponse__Output,
} from '../../../bailiwick/plugin/v2/ShutdownResponse.js';
import type {
  SyncUsersPage as _bailiwick_plugin_v2_SyncUsersPage,
  SyncUsersPage__Output as _bailiwick_plugin_v2_SyncUsersPage__Output,
} from '../../../bailiwick/plugin/v2/SyncUsersPage.js';
import type {
  SyncUsersRequest as _bailiwick_plugin_v2_SyncUsersRequest,
  SyncUsersRequest__Output as _bailiwick_plugin_v2_SyncUsersRequest__Output,
} from '../../../bailiwick/plugin/v2/SyncUsersRequest.js';

export interface PluginClient extends grpc.Client {
  Describe(
    argument: _bailiwick_plugin_v2_DescribeRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_Description__Output>,
  ): grpc.ClientUnaryCall;
  Describe(
    argument: _bailiwick_plugin_v2_DescribeRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_Description__Output>,
  ): grpc.ClientUnaryCall;
  Describe(
    argument: _bailiwick_plugin_v2_DescribeRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_Description__Output>,
  ): grpc.ClientUnaryCall;
  Describe(
    argument: _bailiwick_plugin_v2_DescribeRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_Description__Output>,
  ): grpc.ClientUnaryCall;
  describe(
    argument: _bailiwick_plugin_v2_DescribeRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_Description__Output>,
  ): grpc.ClientUnaryCall;
  describe(
    argument: _bailiwick_plugin_v2_DescribeRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_Description__Output>,
  ): grpc.ClientUnaryCall;
  describe(
    argument: _bailiwick_plugin_v2_DescribeRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_Description__Output>,
  ): grpc.ClientUnaryCall;
  describe(
    argument: _bailiwick_plugin_v2_DescribeRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_Description__Output>,
  ): grpc.ClientUnaryCall;

  Health(
    argument: _bailiwick_plugin_v2_HealthRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HealthResponse__Output>,
  ): grpc.ClientUnaryCall;
  Health(
    argument: _bailiwick_plugin_v2_HealthRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HealthResponse__Output>,
  ): grpc.ClientUnaryCall;
  Health(
    argument: _bailiwick_plugin_v2_HealthRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HealthResponse__Output>,
  ): grpc.ClientUnaryCall;
  Health(
    argument: _bailiwick_plugin_v2_HealthRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HealthResponse__Output>,
  ): grpc.ClientUnaryCall;
  health(
    argument: _bailiwick_plugin_v2_HealthRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HealthResponse__Output>,
  ): grpc.ClientUnaryCall;
  health(
    argument: _bailiwick_plugin_v2_HealthRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HealthResponse__Output>,
  ): grpc.ClientUnaryCall;
  health(
    argument: _bailiwick_plugin_v2_HealthRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HealthResponse__Output>,
  ): grpc.ClientUnaryCall;
  health(
    argument: _bailiwick_plugin_v2_HealthRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HealthResponse__Output>,
  ): grpc.ClientUnaryCall;

  HookAccess(
    argument: _bailiwick_plugin_v2_AccessHookRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HookAnswer__Output>,
  ): grpc.ClientUnaryCall;
  HookAccess(
    argument: _bailiwick_plugin_v2_AccessHookRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HookAnswer__Output>,
  ): grpc.ClientUnaryCall;
  HookAccess(
    argument: _bailiwick_plugin_v2_AccessHookRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HookAnswer__Output>,
  ): grpc.ClientUnaryCall;
  HookAccess(
    argument: _bailiwick_plugin_v2_AccessHookRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HookAnswer__Output>,
  ): grpc.ClientUnaryCall;
  hookAccess(
    argument: _bailiwick_plugin_v2_AccessHookRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HookAnswer__Output>,
  ): grpc.ClientUnaryCall;
  hookAccess(
    argument: _bailiwick_plugin_v2_AccessHookRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HookAnswer__Output>,
  ): grpc.ClientUnaryCall;
  hookAccess(
    argument: _bailiwick_plugin_v2_AccessHookRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HookAnswer__Output>,
  ): grpc.ClientUnaryCall;
  hookAccess(
    argument: _bailiwick_plugin_v2_AccessHookRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HookAnswer__Output>,
  ): grpc.ClientUnaryCall;

  HookDeploy(
    argument: _bailiwick_plugin_v2_DeployHookRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HookAnswer__Output>,
  ): grpc.ClientUnaryCall;
  HookDeploy(
    argument: _bailiwick_plugin_v2_DeployHookRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HookAnswer__Output>,
  ): grpc.ClientUnaryCall;
  HookDeploy(
    argument: _bailiwick_plugin_v2_DeployHookRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HookAnswer__Output>,
  ): grpc.ClientUnaryCall;
  HookDeploy(
    argument: _bailiwick_plugin_v2_DeployHookRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HookAnswer__Output>,
  ): grpc.ClientUnaryCall;
  hookDeploy(
    argument: _bailiwick_plugin_v2_DeployHookRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HookAnswer__Output>,
  ): grpc.ClientUnaryCall;
  hookDeploy(
    argument: _bailiwick_plugin_v2_DeployHookRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HookAnswer__Output>,
  ): grpc.ClientUnaryCall;
  hookDeploy(
    argument: _bailiwick_plugin_v2_DeployHookRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HookAnswer__Output>,
  ): grpc.ClientUnaryCall;
  hookDeploy(
    argument: _bailiwick_plugin_v2_DeployHookRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_HookAnswer__Output>,
  ): grpc.ClientUnaryCall;

  Initialize(
    argument: _bailiwick_plugin_v2_InitializeRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_InitializeResponse__Output>,
  ): grpc.ClientUnaryCall;
  Initialize(
    argument: _bailiwick_plugin_v2_InitializeRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_InitializeResponse__Output>,
  ): grpc.ClientUnaryCall;
  Initialize(
    argument: _bailiwick_plugin_v2_InitializeRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_InitializeResponse__Output>,
  ): grpc.ClientUnaryCall;
  Initialize(
    argument: _bailiwick_plugin_v2_InitializeRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_InitializeResponse__Output>,
  ): grpc.ClientUnaryCall;
  initialize(
    argument: _bailiwick_plugin_v2_InitializeRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_InitializeResponse__Output>,
  ): grpc.ClientUnaryCall;
  initialize(
    argument: _bailiwick_plugin_v2_InitializeRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_InitializeResponse__Output>,
  ): grpc.ClientUnaryCall;
  initialize(
    argument: _bailiwick_plugin_v2_InitializeRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_InitializeResponse__Output>,
  ): grpc.ClientUnaryCall;
  initialize(
    argument: _bailiwick_plugin_v2_InitializeRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_InitializeResponse__Output>,
  ): grpc.ClientUnaryCall;

  ListPresets(
    argument: _bailiwick_plugin_v2_ListPresetsRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListPresetsResponse__Output>,
  ): grpc.ClientUnaryCall;
  ListPresets(
    argument: _bailiwick_plugin_v2_ListPresetsRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListPresetsResponse__Output>,
  ): grpc.ClientUnaryCall;
  ListPresets(
    argument: _bailiwick_plugin_v2_ListPresetsRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListPresetsResponse__Output>,
  ): grpc.ClientUnaryCall;
  ListPresets(
    argument: _bailiwick_plugin_v2_ListPresetsRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListPresetsResponse__Output>,
  ): grpc.ClientUnaryCall;
  listPresets(
    argument: _bailiwick_plugin_v2_ListPresetsRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListPresetsResponse__Output>,
  ): grpc.ClientUnaryCall;
  listPresets(
    argument: _bailiwick_plugin_v2_ListPresetsRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListPresetsResponse__Output>,
  ): grpc.ClientUnaryCall;
  listPresets(
    argument: _bailiwick_plugin_v2_ListPresetsRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListPresetsResponse__Output>,
  ): grpc.ClientUnaryCall;
  listPresets(
    argument: _bailiwick_plugin_v2_ListPresetsRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ListPresetsResponse__Output>,
  ): grpc.ClientUnaryCall;

  ReadMetrics(
    argument: _bailiwick_plugin_v2_ReadMetricsRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ReadMetricsResponse__Output>,
  ): grpc.ClientUnaryCall;
  ReadMetrics(
    argument: _bailiwick_plugin_v2_ReadMetricsRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ReadMetricsResponse__Output>,
  ): grpc.ClientUnaryCall;
  ReadMetrics(
    argument: _bailiwick_plugin_v2_ReadMetricsRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ReadMetricsResponse__Output>,
  ): grpc.ClientUnaryCall;
  ReadMetrics(
    argument: _bailiwick_plugin_v2_ReadMetricsRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ReadMetricsResponse__Output>,
  ): grpc.ClientUnaryCall;
  readMetrics(
    argument: _bailiwick_plugin_v2_ReadMetricsRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ReadMetricsResponse__Output>,
  ): grpc.ClientUnaryCall;
  readMetrics(
    argument: _bailiwick_plugin_v2_ReadMetricsRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ReadMetricsResponse__Output>,
  ): grpc.ClientUnaryCall;
  readMetrics(
    argument: _bailiwick_plugin_v2_ReadMetricsRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ReadMetricsResponse__Output>,
  ): grpc.ClientUnaryCall;
  readMetrics(
    argument: _bailiwick_plugin_v2_ReadMetricsRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ReadMetricsResponse__Output>,
  ): grpc.ClientUnaryCall;

  RunAction(
    argument: _bailiwick_plugin_v2_RunActionRequest,
    metadata: grpc.Metadata,
    options?: grpc.CallOptions,
  ): grpc.ClientReadableStream<_bailiwick_plugin_v2_ActionProgress__Output>;
  RunAction(
    argument: _bailiwick_plugin_v2_RunActionRequest,
    options?: grpc.CallOptions,
  ): grpc.ClientReadableStream<_bailiwick_plugin_v2_ActionProgress__Output>;
  runAction(
    argument: _bailiwick_plugin_v2_RunActionRequest,
    metadata: grpc.Metadata,
    options?: grpc.CallOptions,
  ): grpc.ClientReadableStream<_bailiwick_plugin_v2_ActionProgress__Output>;
  runAction(
    argument: _bailiwick_plugin_v2_RunActionRequest,
    options?: grpc.CallOptions,
  ): grpc.ClientReadableStream<_bailiwick_plugin_v2_ActionProgress__Output>;

  SendNotice(
    argument: _bailiwick_plugin_v2_Notice,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SendNoticeResponse__Output>,
  ): grpc.ClientUnaryCall;
  SendNotice(
    argument: _bailiwick_plugin_v2_Notice,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SendNoticeResponse__Output>,
  ): grpc.ClientUnaryCall;
  SendNotice(
    argument: _bailiwick_plugin_v2_Notice,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SendNoticeResponse__Output>,
  ): grpc.ClientUnaryCall;
  SendNotice(
    argument: _bailiwick_plugin_v2_Notice,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SendNoticeResponse__Output>,
  ): grpc.ClientUnaryCall;
  sendNotice(
    argument: _bailiwick_plugin_v2_Notice,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SendNoticeResponse__Output>,
  ): grpc.ClientUnaryCall;
  sendNotice(
    argument: _bailiwick_plugin_v2_Notice,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SendNoticeResponse__Output>,
  ): grpc.ClientUnaryCall;
  sendNotice(
    argument: _bailiwick_plugin_v2_Notice,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SendNoticeResponse__Output>,
  ): grpc.ClientUnaryCall;
  sendNotice(
    argument: _bailiwick_plugin_v2_Notice,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_SendNoticeResponse__Output>,
  ): grpc.ClientUnaryCall;

  Shutdown(
    argument: _bailiwick_plugin_v2_ShutdownRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ShutdownResponse__Output>,
  ): grpc.ClientUnaryCall;
  Shutdown(
    argument: _bailiwick_plugin_v2_ShutdownRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ShutdownResponse__Output>,
  ): grpc.ClientUnaryCall;
  Shutdown(
    argument: _bailiwick_plugin_v2_ShutdownRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ShutdownResponse__Output>,
  ): grpc.ClientUnaryCall;
  Shutdown(
    argument: _bailiwick_plugin_v2_ShutdownRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ShutdownResponse__Output>,
  ): grpc.ClientUnaryCall;
  shutdown(
    argument: _bailiwick_plugin_v2_ShutdownRequest,
    metadata: grpc.Metadata,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ShutdownResponse__Output>,
  ): grpc.ClientUnaryCall;
  shutdown(
    argument: _bailiwick_plugin_v2_ShutdownRequest,
    metadata: grpc.Metadata,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ShutdownResponse__Output>,
  ): grpc.ClientUnaryCall;
  shutdown(
    argument: _bailiwick_plugin_v2_ShutdownRequest,
    options: grpc.CallOptions,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ShutdownResponse__Output>,
  ): grpc.ClientUnaryCall;
  shutdown(
    argument: _bailiwick_plugin_v2_ShutdownRequest,
    callback: grpc.requestCallback<_bailiwick_plugin_v2_ShutdownResponse__Output>,
  ): grpc.ClientUnaryCall;

  SyncUsers(
    argument: _bailiwick_plugin_v2_SyncUsersRequest,
    metadata: grpc.Metadata,
    options?: grpc.CallOptions,
  ): grpc.ClientReadableStream<_bailiwick_plugin_v2_SyncUsersPage__Output>;
  SyncUsers(
    argument: _bailiwick_plugin_v2_SyncUsersRequest,
    options?: grpc.CallOptions,
  ): grpc.ClientReadableStream<_bailiwick_plugin_v2_SyncUsersPage__Output>;
  syncUsers(
    argument: _bailiwick_plugin_v2_SyncUsersRequest,
    metadata: grpc.Metadata,
    options?: grpc.CallOptions,
  ): grpc.ClientReadableStream<_bailiwick_plugin_v2_SyncUsersPage__Output>;
  syncUsers(
    argument: _bailiwick_plugin_v2_SyncUsersRequest,
    options?: grpc.CallOptions,
  ): grpc.ClientReadableStream<_bailiwick_plugin_v2_SyncUsersPage__Output>;
}

export interface PluginHandlers extends grpc.UntypedServiceImplementation {
  Describe: grpc.handleUnaryCall<_bailiwick_plugin_v2_DescribeRequest__Output, _bailiwick_plugin_v2_Description>;

  Health: grpc.handleUnaryCall<_bailiwick_plugin_v2_HealthRequest__Output, _bailiwick_plugin_v2_HealthResponse>;

  HookAccess: grpc.handleUnaryCall<_bailiwick_plugin_v2_AccessHookRequest__Output, _bailiwick_plugin_v2_HookAnswer>;

  HookDeploy: grpc.handleUnaryCall<_bailiwick_plugin_v2_DeployHookRequest__Output, _bailiwick_plugin_v2_HookAnswer>;

  Initialize: grpc.handleUnaryCall<
    _bailiwick_plugin_v2_InitializeRequest__Output,
    _bailiwick_plugin_v2_InitializeResponse
  >;

  ListPresets: grpc.handleUnaryCall<
    _bailiwick_plugin_v2_ListPresetsRequest__Output,
    _bailiwick_plugin_v2_ListPresetsResponse
  >;

  ReadMetrics: grpc.handleUnaryCall<
    _bailiwick_plugin_v2_ReadMetricsRequest__Output,
    _bailiwick_plugin_v2_ReadMetricsResponse
  >;

  RunAction: grpc.handleServerStreamingCall<
    _bailiwick_plugin_v2_RunActionRequest__Output,
    _bailiwick_plugin_v2_ActionProgress
  >;

  SendNotice: grpc.handleUnaryCall<_bailiwick_plugin_v2_Notice__Output, _bailiwick_plugin_v2_SendNoticeResponse>;

  Shutdown: grpc.handleUnaryCall<_bailiwick_plugin_v2_ShutdownRequest__Output, _bailiwick_plugin_v2_ShutdownResponse>;

  SyncUsers: grpc.handleServerStreamingCall<
    _bailiwick_plugin_v2_SyncUsersRequest__Output,
    _bailiwick_plugin_v2_SyncUsersPage
  >;
}

export interface PluginDefinition extends grpc.ServiceDefinition {
  Describe: MethodDefinition<
    _bailiwick_plugin_v2_DescribeRequest,
    _bailiwick_plugin_v2_Description,
    _bailiwick_plugin_v2_DescribeRequest__Output,
    _bailiwick_plugin_v2_Description__Output
  >;
  Health: MethodDefinition<
    _bailiwick_plugin_v2_HealthRequest,
    _bailiwick_plugin_v2_HealthResponse,
    _bailiwick_plugin_v2_HealthRequest__Output,
    _bailiwick_plugin_v2_HealthResponse__Output
  >;
  HookAccess: MethodDefinition<
    _bailiwick_plugin_v2_AccessHookRequest,
    _bailiwick_plugin_v2_HookAnswer,
    _bailiwick_plugin_v2_AccessHookRequest__Output,
    _bailiwick_plugin_v2_HookAnswer__Output
  >;
  HookDeploy: MethodDefinition<
    _bailiwick_plugin_v2_DeployHookRequest,
    _bailiwick_plugin_v2_HookAnswer,
    _bailiwick_plugin_v2_DeployHookRequest__Output,
    _bailiwick_plugin_v2_HookAnswer__Output
  >;
  Initialize: MethodDefinition<
    _bailiwick_plugin_v2_InitializeRequest,
    _bailiwick_plugin_v2_InitializeResponse,
    _bailiwick_plugin_v2_InitializeRequest__Output,
    _bailiwick_plugin_v2_InitializeResponse__Output
  >;
  ListPresets: MethodDefinition<
    _bailiwick_plugin_v2_ListPresetsRequest,
    _bailiwick_plugin_v2_ListPresetsResponse,
    _bailiwick_plugin_v2_ListPresetsRequest__Output,
    _bailiwick_plugin_v2_ListPresetsResponse__Output
  >;
  ReadMetrics: MethodDefinition<
    _bailiwick_plugin_v2_ReadMetricsRequest,
    _bailiwick_plugin_v2_ReadMetricsResponse,
    _bailiwick_plugin_v2_ReadMetricsRequest__Output,
    _bailiwick_plugin_v2_ReadMetricsResponse__Output
  >;
  RunAction: MethodDefinition<
    _bailiwick_plugin_v2_RunActionRequest,
    _bailiwick_plugin_v2_ActionProgress,
    _bailiwick_plugin_v2_RunActionRequest__Output,
    _bailiwick_plugin_v2_ActionProgress__Output
  >;
  SendNotice: MethodDefinition<
    _bailiwick_plugin_v2_Notice,
    _bailiwick_plugin_v2_SendNoticeResponse,
    _bailiwick_plugin_v2_Notice__Output,
    _bailiwick_plugin_v2_SendNoticeResponse__Output
  >;
  Shutdown: MethodDefinition<
    _bailiwick_plugin_v2_ShutdownRequest,
    _bailiwick_plugin_v2_ShutdownResponse,
    _bailiwick_plugin_v2_ShutdownRequest__Output,
    _bailiwick_plugin_v2_ShutdownResponse__Output
  >;
  SyncUsers: MethodDefinition<
    _bailiwick_plugin_v2_SyncUsersRequest,
    _bailiwick_plugin_v2_SyncUsersPage,
    _bailiwick_plugin_v2_SyncUsersRequest__Output,
    _bailiwick_plugin_v2_SyncUsersPage__Output
  >;
}
