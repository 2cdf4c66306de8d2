// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

import type {
  Struct as _google_protobuf_Struct,
  Struct__Output as _google_protobuf_Struct__Output,
} from '../../../google/protobuf/Struct.js';

export interface Notice {
  channelKind?: string;
  channelSettings?: _google_protobuf_Struct | null;
  deliveryId?: string;
  title?: string;
  text?: string;
  address?: string;
  severity?: string;
}

export interface Notice__Output {
  channelKind: string;
  channelSettings: _google_protobuf_Struct__Output | null;
  deliveryId: string;
  title: string;
  text: string;
  address: string;
  severity: string;
}
