// Original file: ../proto/bailiwick/plugin/v2/host.proto

// Original file: ../proto/bailiwick/plugin/v2/host.proto

export const _bailiwick_plugin_v2_SyncUserResponse_Outcome = {
  OUTCOME_UNSPECIFIED: 'OUTCOME_UNSPECIFIED',
  OUTCOME_CREATED: 'OUTCOME_CREATED',
  OUTCOME_UPDATED: 'OUTCOME_UPDATED',
  OUTCOME_UNCHANGED: 'OUTCOME_UNCHANGED',
} as const;

export type _bailiwick_plugin_v2_SyncUserResponse_Outcome =
  'OUTCOME_UNSPECIFIED' | 0 | 'OUTCOME_CREATED' | 1 | 'OUTCOME_UPDATED' | 2 | 'OUTCOME_UNCHANGED' | 3;

export type _bailiwick_plugin_v2_SyncUserResponse_Outcome__Output =
  (typeof _bailiwick_plugin_v2_SyncUserResponse_Outcome)[keyof typeof _bailiwick_plugin_v2_SyncUserResponse_Outcome];

export interface SyncUserResponse {
  outcome?: _bailiwick_plugin_v2_SyncUserResponse_Outcome;
  id?: string;
}

export interface SyncUserResponse__Output {
  outcome: _bailiwick_plugin_v2_SyncUserResponse_Outcome__Output;
  id: string;
}
