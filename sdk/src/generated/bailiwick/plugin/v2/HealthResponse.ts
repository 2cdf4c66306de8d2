// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

export const _bailiwick_plugin_v2_HealthResponse_Status = {
  STATUS_UNSPECIFIED: 'STATUS_UNSPECIFIED',
  STATUS_HEALTHY: 'STATUS_HEALTHY',
  STATUS_DEGRADED: 'STATUS_DEGRADED',
  STATUS_UNHEALTHY: 'STATUS_UNHEALTHY',
} as const;

export type _bailiwick_plugin_v2_HealthResponse_Status =
  'STATUS_UNSPECIFIED' | 0 | 'STATUS_HEALTHY' | 1 | 'STATUS_DEGRADED' | 2 | 'STATUS_UNHEALTHY' | 3;

export type _bailiwick_plugin_v2_HealthResponse_Status__Output =
  (typeof _bailiwick_plugin_v2_HealthResponse_Status)[keyof typeof _bailiwick_plugin_v2_HealthResponse_Status];

export interface HealthResponse {
  status?: _bailiwick_plugin_v2_HealthResponse_Status;
  message?: string;
  numbers?: { [key: string]: number | string };
}

export interface HealthResponse__Output {
  status: _bailiwick_plugin_v2_HealthResponse_Status__Output;
  message: string;
  numbers: { [key: string]: number };
}
