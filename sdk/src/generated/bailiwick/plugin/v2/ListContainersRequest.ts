// Original file: ../proto/bailiwick/plugin/v2/host.proto

export interface ListContainersRequest {
  tenant?: string;
  limit?: number;
  cursor?: string;
}

export interface ListContainersRequest__Output {
  tenant: string;
  limit: number;
  cursor: string;
}
