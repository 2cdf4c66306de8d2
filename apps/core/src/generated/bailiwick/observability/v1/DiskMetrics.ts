// Original file: ../../proto/bailiwick/observability/v1/observability.proto


export interface DiskMetrics {
  'mountpoint'?: (string);
  'totalBytes'?: (number | string);
  'usedBytes'?: (number | string);
}

export interface DiskMetrics__Output {
  'mountpoint'?: (string);
  'totalBytes'?: (number);
  'usedBytes'?: (number);
}
