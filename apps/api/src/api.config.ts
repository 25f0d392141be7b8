import { readConfig, type ServiceConfig, serviceConfigSchema } from '@junheng/service';

export const apiConfig = (): ServiceConfig => readConfig(serviceConfigSchema);
