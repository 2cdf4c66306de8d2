// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

import type {
  Action as _bailiwick_plugin_v2_Action,
  Action__Output as _bailiwick_plugin_v2_Action__Output,
} from '../../../bailiwick/plugin/v2/Action.js';
import type {
  ChannelKind as _bailiwick_plugin_v2_ChannelKind,
  ChannelKind__Output as _bailiwick_plugin_v2_ChannelKind__Output,
} from '../../../bailiwick/plugin/v2/ChannelKind.js';

export interface Description {
  name?: string;
  version?: string;
  actions?: _bailiwick_plugin_v2_Action[];
  channels?: _bailiwick_plugin_v2_ChannelKind[];
}

export interface Description__Output {
  name: string;
  version: string;
  actions: _bailiwick_plugin_v2_Action__Output[];
  channels: _bailiwick_plugin_v2_ChannelKind__Output[];
}
