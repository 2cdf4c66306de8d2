import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type {
  Container as _bailiwick_plugin_v2_Container,
  Container__Output as _bailiwick_plugin_v2_Container__Output,
} from './bailiwick/plugin/v2/Container.js';
import type {
  DeleteValueRequest as _bailiwick_plugin_v2_DeleteValueRequest,
  DeleteValueRequest__Output as _bailiwick_plugin_v2_DeleteValueRequest__Output,
} from './bailiwick/plugin/v2/DeleteValueRequest.js';
import type {
  DeleteValueResponse as _bailiwick_plugin_v2_DeleteValueResponse,
  DeleteValueResponse__Output as _bailiwick_plugin_v2_DeleteValueResponse__Output,
} from './bailiwick/plugin/v2/DeleteValueResponse.js';
import type {
  EmitEventRequest as _bailiwick_plugin_v2_EmitEventRequest,
  EmitEventRequest__Output as _bailiwick_plugin_v2_EmitEventRequest__Output,
} from './bailiwick/plugin/v2/EmitEventRequest.js';
import type {
  EmitEventResponse as _bailiwick_plugin_v2_EmitEventResponse,
  EmitEventResponse__Output as _bailiwick_plugin_v2_EmitEventResponse__Output,
} from './bailiwick/plugin/v2/EmitEventResponse.js';
import type {
  Event as _bailiwick_plugin_v2_Event,
  Event__Output as _bailiwick_plugin_v2_Event__Output,
} from './bailiwick/plugin/v2/Event.js';
import type {
  EventBatch as _bailiwick_plugin_v2_EventBatch,
  EventBatch__Output as _bailiwick_plugin_v2_EventBatch__Output,
} from './bailiwick/plugin/v2/EventBatch.js';
import type {
  GetValueRequest as _bailiwick_plugin_v2_GetValueRequest,
  GetValueRequest__Output as _bailiwick_plugin_v2_GetValueRequest__Output,
} from './bailiwick/plugin/v2/GetValueRequest.js';
import type {
  GetValueResponse as _bailiwick_plugin_v2_GetValueResponse,
  GetValueResponse__Output as _bailiwick_plugin_v2_GetValueResponse__Output,
} from './bailiwick/plugin/v2/GetValueResponse.js';
import type {
  HostClient as _bailiwick_plugin_v2_HostClient,
  HostDefinition as _bailiwick_plugin_v2_HostDefinition,
} from './bailiwick/plugin/v2/Host.js';
import type {
  ListContainersRequest as _bailiwick_plugin_v2_ListContainersRequest,
  ListContainersRequest__Output as _bailiwick_plugin_v2_ListContainersRequest__Output,
} from './bailiwick/plugin/v2/ListContainersRequest.js';
import type {
  ListContainersResponse as _bailiwick_plugin_v2_ListContainersResponse,
  ListContainersResponse__Output as _bailiwick_plugin_v2_ListContainersResponse__Output,
} from './bailiwick/plugin/v2/ListContainersResponse.js';
import type {
  ListKeysRequest as _bailiwick_plugin_v2_ListKeysRequest,
  ListKeysRequest__Output as _bailiwick_plugin_v2_ListKeysRequest__Output,
} from './bailiwick/plugin/v2/ListKeysRequest.js';
import type {
  ListKeysResponse as _bailiwick_plugin_v2_ListKeysResponse,
  ListKeysResponse__Output as _bailiwick_plugin_v2_ListKeysResponse__Output,
} from './bailiwick/plugin/v2/ListKeysResponse.js';
import type {
  ListRolesRequest as _bailiwick_plugin_v2_ListRolesRequest,
  ListRolesRequest__Output as _bailiwick_plugin_v2_ListRolesRequest__Output,
} from './bailiwick/plugin/v2/ListRolesRequest.js';
import type {
  ListRolesResponse as _bailiwick_plugin_v2_ListRolesResponse,
  ListRolesResponse__Output as _bailiwick_plugin_v2_ListRolesResponse__Output,
} from './bailiwick/plugin/v2/ListRolesResponse.js';
import type {
  ListUsersRequest as _bailiwick_plugin_v2_ListUsersRequest,
  ListUsersRequest__Output as _bailiwick_plugin_v2_ListUsersRequest__Output,
} from './bailiwick/plugin/v2/ListUsersRequest.js';
import type {
  ListUsersResponse as _bailiwick_plugin_v2_ListUsersResponse,
  ListUsersResponse__Output as _bailiwick_plugin_v2_ListUsersResponse__Output,
} from './bailiwick/plugin/v2/ListUsersResponse.js';
import type {
  Role as _bailiwick_plugin_v2_Role,
  Role__Output as _bailiwick_plugin_v2_Role__Output,
} from './bailiwick/plugin/v2/Role.js';
import type {
  SetIdentityTagRequest as _bailiwick_plugin_v2_SetIdentityTagRequest,
  SetIdentityTagRequest__Output as _bailiwick_plugin_v2_SetIdentityTagRequest__Output,
} from './bailiwick/plugin/v2/SetIdentityTagRequest.js';
import type {
  SetIdentityTagResponse as _bailiwick_plugin_v2_SetIdentityTagResponse,
  SetIdentityTagResponse__Output as _bailiwick_plugin_v2_SetIdentityTagResponse__Output,
} from './bailiwick/plugin/v2/SetIdentityTagResponse.js';
import type {
  SetValueRequest as _bailiwick_plugin_v2_SetValueRequest,
  SetValueRequest__Output as _bailiwick_plugin_v2_SetValueRequest__Output,
} from './bailiwick/plugin/v2/SetValueRequest.js';
import type {
  SetValueResponse as _bailiwick_plugin_v2_SetValueResponse,
  SetValueResponse__Output as _bailiwick_plugin_v2_SetValueResponse__Output,
} from './bailiwick/plugin/v2/SetValueResponse.js';
import type {
  SubscribeRequest as _bailiwick_plugin_v2_SubscribeRequest,
  SubscribeRequest__Output as _bailiwick_plugin_v2_SubscribeRequest__Output,
} from './bailiwick/plugin/v2/SubscribeRequest.js';
import type {
  SyncUserRequest as _bailiwick_plugin_v2_SyncUserRequest,
  SyncUserRequest__Output as _bailiwick_plugin_v2_SyncUserRequest__Output,
} from './bailiwick/plugin/v2/SyncUserRequest.js';
import type {
  SyncUserResponse as _bailiwick_plugin_v2_SyncUserResponse,
  SyncUserResponse__Output as _bailiwick_plugin_v2_SyncUserResponse__Output,
} from './bailiwick/plugin/v2/SyncUserResponse.js';
import type {
  UpsertRoleRequest as _bailiwick_plugin_v2_UpsertRoleRequest,
  UpsertRoleRequest__Output as _bailiwick_plugin_v2_UpsertRoleRequest__Output,
} from './bailiwick/plugin/v2/UpsertRoleRequest.js';
import type {
  UpsertRoleResponse as _bailiwick_plugin_v2_UpsertRoleResponse,
  UpsertRoleResponse__Output as _bailiwick_plugin_v2_UpsertRoleResponse__Output,
} from './bailiwick/plugin/v2/UpsertRoleResponse.js';
import type {
  User as _bailiwick_plugin_v2_User,
  User__Output as _bailiwick_plugin_v2_User__Output,
} from './bailiwick/plugin/v2/User.js';
import type {
  WriteLogRequest as _bailiwick_plugin_v2_WriteLogRequest,
  WriteLogRequest__Output as _bailiwick_plugin_v2_WriteLogRequest__Output,
} from './bailiwick/plugin/v2/WriteLogRequest.js';
import type {
  WriteLogResponse as _bailiwick_plugin_v2_WriteLogResponse,
  WriteLogResponse__Output as _bailiwick_plugin_v2_WriteLogResponse__Output,
} from './bailiwick/plugin/v2/WriteLogResponse.js';
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
        Container: MessageTypeDefinition<_bailiwick_plugin_v2_Container, _bailiwick_plugin_v2_Container__Output>;
        DeleteValueRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_DeleteValueRequest,
          _bailiwick_plugin_v2_DeleteValueRequest__Output
        >;
        DeleteValueResponse: MessageTypeDefinition<
          _bailiwick_plugin_v2_DeleteValueResponse,
          _bailiwick_plugin_v2_DeleteValueResponse__Output
        >;
        EmitEventRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_EmitEventRequest,
          _bailiwick_plugin_v2_EmitEventRequest__Output
        >;
        EmitEventResponse: MessageTypeDefinition<
          _bailiwick_plugin_v2_EmitEventResponse,
          _bailiwick_plugin_v2_EmitEventResponse__Output
        >;
        Event: MessageTypeDefinition<_bailiwick_plugin_v2_Event, _bailiwick_plugin_v2_Event__Output>;
        EventBatch: MessageTypeDefinition<_bailiwick_plugin_v2_EventBatch, _bailiwick_plugin_v2_EventBatch__Output>;
        GetValueRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_GetValueRequest,
          _bailiwick_plugin_v2_GetValueRequest__Output
        >;
        GetValueResponse: MessageTypeDefinition<
          _bailiwick_plugin_v2_GetValueResponse,
          _bailiwick_plugin_v2_GetValueResponse__Output
        >;
        Host: SubtypeConstructor<typeof grpc.Client, _bailiwick_plugin_v2_HostClient> & {
          service: _bailiwick_plugin_v2_HostDefinition;
        };
        ListContainersRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_ListContainersRequest,
          _bailiwick_plugin_v2_ListContainersRequest__Output
        >;
        ListContainersResponse: MessageTypeDefinition<
          _bailiwick_plugin_v2_ListContainersResponse,
          _bailiwick_plugin_v2_ListContainersResponse__Output
        >;
        ListKeysRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_ListKeysRequest,
          _bailiwick_plugin_v2_ListKeysRequest__Output
        >;
        ListKeysResponse: MessageTypeDefinition<
          _bailiwick_plugin_v2_ListKeysResponse,
          _bailiwick_plugin_v2_ListKeysResponse__Output
        >;
        ListRolesRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_ListRolesRequest,
          _bailiwick_plugin_v2_ListRolesRequest__Output
        >;
        ListRolesResponse: MessageTypeDefinition<
          _bailiwick_plugin_v2_ListRolesResponse,
          _bailiwick_plugin_v2_ListRolesResponse__Output
        >;
        ListUsersRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_ListUsersRequest,
          _bailiwick_plugin_v2_ListUsersRequest__Output
        >;
        ListUsersResponse: MessageTypeDefinition<
          _bailiwick_plugin_v2_ListUsersResponse,
          _bailiwick_plugin_v2_ListUsersResponse__Output
        >;
        Role: MessageTypeDefinition<_bailiwick_plugin_v2_Role, _bailiwick_plugin_v2_Role__Output>;
        SetIdentityTagRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_SetIdentityTagRequest,
          _bailiwick_plugin_v2_SetIdentityTagRequest__Output
        >;
        SetIdentityTagResponse: MessageTypeDefinition<
          _bailiwick_plugin_v2_SetIdentityTagResponse,
          _bailiwick_plugin_v2_SetIdentityTagResponse__Output
        >;
        SetValueRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_SetValueRequest,
          _bailiwick_plugin_v2_SetValueRequest__Output
        >;
        SetValueResponse: MessageTypeDefinition<
          _bailiwick_plugin_v2_SetValueResponse,
          _bailiwick_plugin_v2_SetValueResponse__Output
        >;
        SubscribeRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_SubscribeRequest,
          _bailiwick_plugin_v2_SubscribeRequest__Output
        >;
        SyncUserRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_SyncUserRequest,
          _bailiwick_plugin_v2_SyncUserRequest__Output
        >;
        SyncUserResponse: MessageTypeDefinition<
          _bailiwick_plugin_v2_SyncUserResponse,
          _bailiwick_plugin_v2_SyncUserResponse__Output
        >;
        UpsertRoleRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_UpsertRoleRequest,
          _bailiwick_plugin_v2_UpsertRoleRequest__Output
        >;
        UpsertRoleResponse: MessageTypeDefinition<
          _bailiwick_plugin_v2_UpsertRoleResponse,
          _bailiwick_plugin_v2_UpsertRoleResponse__Output
        >;
        User: MessageTypeDefinition<_bailiwick_plugin_v2_User, _bailiwick_plugin_v2_User__Output>;
        WriteLogRequest: MessageTypeDefinition<
          _bailiwick_plugin_v2_WriteLogRequest,
          _bailiwick_plugin_v2_WriteLogRequest__Output
        >;
        WriteLogResponse: MessageTypeDefinition<
          _bailiwick_plugin_v2_WriteLogResponse,
          _bailiwick_plugin_v2_WriteLogResponse__Output
        >;
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
