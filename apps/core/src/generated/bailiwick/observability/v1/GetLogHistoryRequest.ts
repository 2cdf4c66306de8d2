// Original file: ../../proto/bailiwick/observability/v1/observability.proto


export interface GetLogHistoryRequest {
  'limit'?: (number);
}

export interface GetLogHistoryRequest__Output {
  'limit'?: (number);
}
