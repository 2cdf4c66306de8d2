import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type {
  AccessHookRequest as _bailiwick_plugin_v2_AccessHookRequest,
  AccessHookRequest__Output as _bailiwick_plugin_v2_AccessHookRequest__Output,
} from './bailiwick/plugin/v2/AccessHookRequest.js';
import type {
  Action as _bailiwick_plugin_v2_Action,
  Action__Output as _bailiwick_plugin_v2_Action__Output,
} from './bailiwick/plugin/v2/Action.js';
import type {
  ActionProgress as _bailiwick_plugin_v2_ActionProgress,
  ActionProgress__Output as _bailiwick_plugin_v2_ActionProgress__Output,
} from './bailiwick/plugin/v2/ActionProgress.js';
import type {
  ChannelKind as _bailiwick_plugin_v2_ChannelKind,
  ChannelKind__Output as _bailiwick_plugin_v2_ChannelKind__Output,
} from './bailiwick/plugin/v2/ChannelKind.js';
import type {
  DeployHookRequest as _bailiwick_plugin_v2_DeployHookRequest,
  DeployHookRequest__Output as _bailiwick_plugin_v2_DeployHookRequest__Output,
} from './bailiwick/plugin/v2/DeployHookRequest.js';
import type {
  DescribeRequest as _bailiwick_plugin_v2_DescribeRequest,
  DescribeRequest__Output as _bailiwick_plugin_v2_DescribeRequest__Output,
} from './bailiwick/plugin/v2/DescribeRequest.js';
import type {
  Description as _bailiwick_plugin_v2_Description,
  Description__Output as _bailiwick_plugin_v2_Description__Output,
} from './bailiwick/plugin/v2/Description.js';
import type {
  HealthRequest as _bailiwick_plugin_v2_HealthRequest,
  HealthRequest__Output as _bailiwick_plugin_v2_HealthRequest__Output,
} from './bailiwick/plugin/v2/HealthRequest.js';
import type {
  HealthResponse as _bailiwick_plugin_v2_HealthResponse,
  HealthResponse__Output as _bailiwick_plugin_v2_HealthResponse__Output,
} from './bailiwick/plugin/v2/HealthResponse.js';
import type {
  HookAnswer as _bailiwick_plugin_v2_HookAnswer,
  HookAnswer__Output as _bailiwick_plugin_v2_HookAnswer__Output,
} from './bailiwick/plugin/v2/HookAnswer.js';
import type {
  InitializeRequest as _bailiwick_plugin_v2_InitializeRequest,
  InitializeRequest__Output as _bailiwick_plugin_v2_InitializeRequest__Output,
} from './bailiwick/plugin/v2/InitializeRequest.js';
import type {
  InitializeResponse as _bailiwick_plugin_v2_InitializeResponse,
  InitializeResponse__Output as _bailiwick_plugin_v2_InitializeResponse__Output,
} from './bailiwick/plugin/v2/InitializeResponse.js';
import type {
  ListPresetsRequest as _bailiwick_plugin_v2_ListPresetsRequest,
  ListPresetsRequest__Output as _bailiwick_plugin_v2_ListPresetsRequest__Output,
} from './bailiwick/plugin/v2/ListPresetsRequest.js';
import type {
  ListPresetsResponse as _bailiwick_plugin_v2_ListPresetsResponse,
  ListPresetsResponse__Output as _bailiwick_plugin_v2_ListPresetsResponse__Output,
} from './bailiwick/plugin/v2/ListPresetsResponse.js';
import type {
  Metric as _bailiwick_plugin_v2_Metric,
  Metric__Output as _bailiwick_plugin_v2_Metric__Output,
} from './bailiwick/plugin/v2/Metric.js';
import type {
  Notice as _bailiwick_plugin_v2_Notice,
  Notice__Output as _bailiwick_plugin_v2_Notice__Output,
} from './bailiwick/plugin/v2/Notice.js';
import type {
  PluginClient as _bailiwick_plugin_v2_PluginClient,
  PluginDefinition as _bailiwick_plugin_v2_PluginDefinition,
} from './bailiwick/plugin/v2/Plugin.js';
import type {
  ReadMetricsRequest as _bailiwick_plugin_v2_ReadMetricsRequest,
  ReadMetricsRequest__Output as _bailiwick_plugin_v2_ReadMetricsRequest__Output,
} from './bailiwick/plugin/v2/ReadMetricsRequest.js';
import type {
  ReadMetricsResponse as _bailiwick_plugin_v2_ReadMetricsResponse,
  ReadMetricsResponse__Output as _bailiwick_plugin_v2_ReadMetricsResponse__Output,
} from './bailiwick/plugin/v2/ReadMetricsResponse.js';
import type {
  RunActionRequest as _bailiwick_plugin_v2_RunActionRequest,
  RunActionRequest__Output as _bailiwick_plugin_v2_RunActionRequest__Output,
} from './bailiwick/plugin/v2/RunActionRequest.js';
import type {
  SendNoticeResponse as _bailiwick_plugin_v2_SendNoticeResponse,
  SendNoticeResponse__Output as _bailiwick_plugin_v2_SendNoticeResponse__Output,
} from './bailiwick/plugin/v2/SendNoticeResponse.js';
import type {
  ShutdownRequest as _bailiwick_plugin_v2_ShutdownRequest,
  ShutdownRequest__Output as _bailiwick_plugin_v2_ShutdownRequest__Output,
} from './bailiwick/plugin/v2/ShutdownRequest.js';
import type {
  ShutdownResponse as _bailiwick_plugin_v2_ShutdownResponse,
  ShutdownResponse__Output as _bailiwick_plugin_v2_ShutdownResponse__Output,
} from './bailiwick/plugin/v2/ShutdownResponse.js';
import type {
  SyncUsersPage as _bailiwick_plugin_v2_SyncUsersPage,
  SyncUsersPage__Output as _bailiwick_plugin_v2_SyncUsersPage__Output,
} from './bailiwick/plugin/v2/SyncUsersPage.js';
import type {
  SyncUsersRequest as _bailiwick_plugin_v2_SyncUsersRequest,
  SyncUsersRequest__Output as _bailiwick_plugin_v2_SyncUsersRequest__Output,
} from './bailiwick/plugin/v2/SyncUsersRequest.js';
import type {
  SyncedUser as _bailiwick_plugin_v2_SyncedUser,
  SyncedUser__Output as _bailiwick_plugin_v2_SyncedUser__Output,
} from './bailiwick/plugin/v2/SyncedUser.js';
import type {
  ListValue as _google_protobuf_ListValue,
  ListValue__Output as _google_protobuf_ListValue__Output,
} from './google/protobuf/ListValue.js';
import type {
  Struct as _google_protobuf_Struct,
  Struct__Output as _google_protobuf_Struct__Output,
} from './google/protobuf/Struct.js';
import type {
  Value as _google_protobuf_Value,
  Value__Output as _google_protobuf_Value__Output,
} from './google/protobuf/Value.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new (...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  bailiwick: {
    plugin: {
      v2: {
        AccessHookRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_AccessHookRequest,
          _bailiwick_plugin_v2_AccessHookRequest__Output
        >;
        Action: MessageTypeDefinition<_bailiwick_plugin_v2_Action, _bailiwick_plugin_v2_Action__Output>;
        ActionProgress: MessageTypeDefinition<
          _bailiwick_plugin_v2_ActionProgress,
          _bailiwick_plugin_v2_ActionProgress__Output
        >;
        ChannelKind: MessageTypeDefinition<_bailiwick_plugin_v2_ChannelKind, _bailiwick_plugin_v2_ChannelKind__Output>;
        DeployHookRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_DeployHookRequest,
          _bailiwick_plugin_v2_DeployHookRequest__Output
        >;
        DescribeRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_DescribeRequest,
          _bailiwick_plugin_v2_DescribeRequest__Output
        >;
        Description: MessageTypeDefinition<_bailiwick_plugin_v2_Description, _bailiwick_plugin_v2_Description__Output>;
        HealthRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_HealthRequest,
          _bailiwick_plugin_v2_HealthRequest__Output
        >;
        HealthResponse: MessageTypeDefinition<
          _bailiwick_plugin_v2_HealthResponse,
          _bailiwick_plugin_v2_HealthResponse__Output
        >;
        HookAnswer: MessageTypeDefinition<_bailiwick_plugin_v2_HookAnswer, _bailiwick_plugin_v2_HookAnswer__Output>;
        HookMoment: EnumTypeDefinition;
        InitializeRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_InitializeRequest,
          _bailiwick_plugin_v2_InitializeRequest__Output
        >;
        InitializeResponse: MessageTypeDefinition<
          _bailiwick_plugin_v2_InitializeResponse,
          _bailiwick_plugin_v2_InitializeResponse__Output
        >;
        ListPresetsRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_ListPresetsRequest,
          _bailiwick_plugin_v2_ListPresetsRequest__Output
        >;
        ListPresetsResponse: MessageTypeDefinition<
          _bailiwick_plugin_v2_ListPresetsResponse,
          _bailiwick_plugin_v2_ListPresetsResponse__Output
        >;
        Metric: MessageTypeDefinition<_bailiwick_plugin_v2_Metric, _bailiwick_plugin_v2_Metric__Output>;
        Notice: MessageTypeDefinition<_bailiwick_plugin_v2_Notice, _bailiwick_plugin_v2_Notice__Output>;
        Plugin: SubtypeConstructor<typeof grpc.Client, _bailiwick_plugin_v2_PluginClient> & {
          service: _bailiwick_plugin_v2_PluginDefinition;
        };
        ReadMetricsRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_ReadMetricsRequest,
          _bailiwick_plugin_v2_ReadMetricsRequest__Output
        >;
        ReadMetricsResponse: MessageTypeDefinition<
          _bailiwick_plugin_v2_ReadMetricsResponse,
          _bailiwick_plugin_v2_ReadMetricsResponse__Output
        >;
        RunActionRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_RunActionRequest,
          _bailiwick_plugin_v2_RunActionRequest__Output
        >;
        SendNoticeResponse: MessageTypeDefinition<
          _bailiwick_plugin_v2_SendNoticeResponse,
          _bailiwick_plugin_v2_SendNoticeResponse__Output
        >;
        ShutdownRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_ShutdownRequest,
          _bailiwick_plugin_v2_ShutdownRequest__Output
        >;
        ShutdownResponse: MessageTypeDefinition<
          _bailiwick_plugin_v2_ShutdownResponse,
          _bailiwick_plugin_v2_ShutdownResponse__Output
        >;
        SyncUsersPage: MessageTypeDefinition<
          _bailiwick_plugin_v2_SyncUsersPage,
          _bailiwick_plugin_v2_SyncUsersPage__Output
        >;
        SyncUsersRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_SyncUsersRequest,
          _bailiwick_plugin_v2_SyncUsersRequest__Output
        >;
        SyncedUser: MessageTypeDefinition<_bailiwick_plugin_v2_SyncedUser, _bailiwick_plugin_v2_SyncedUser__Output>;
      };
    };
  };
  google: {
    protobuf: {
      ListValue: MessageTypeDefinition<_google_protobuf_ListValue, _google_protobuf_ListValue__Output>;
      NullValue: EnumTypeDefinition;
      Struct: MessageTypeDefinition<_google_protobuf_Struct, _google_protobuf_Struct__Output>;
      Value: MessageTypeDefinition<_google_protobuf_Value, _google_protobuf_Value__Output>;
    };
  };
}
