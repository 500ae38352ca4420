import { Entity } from 'typeorm';
import { CodeColumn, FlagColumn, InstantColumn, IntColumn, TextColumn, TextPrimary } from '../../database/columns.js';
import { STORE_ID_LENGTH } from '../ownership/object-rows.js';

/**
 * A store that was saved under Settings > Storage. The row `base` stands for the store that needs no saving, says whether it is
 * the current one, and its `lockVersion` counts how often any store was saved; it is made by the first save, which it serialises.
 */
@Entity('object_store')
export class SavedStore {
  @TextPrimary('object_store', 'id', STORE_ID_LENGTH) id!: string;
  @TextColumn('endpoint', 500, { nullable: true }) endpoint!: string | null;
  @TextColumn('public_endpoint', 500, { nullable: true }) publicEndpoint!: string | null;
  @CodeColumn('region', 64) region!: string;
  @CodeColumn('bucket', 255) bucket!: string;
  @CodeColumn('access_key_id', 200, { nullable: true }) accessKeyId!: string | null;
  /** AES-256-GCM, the row's id as associated data; kept until the store is forgotten. */
  @CodeColumn('secret_sealed', 500, { nullable: true }) secretSealed!: string | null;
  @FlagColumn('force_path_style') forcePathStyle!: boolean;
  /** New files go to the one store that has it. */
  @FlagColumn('is_current') isCurrent!: boolean;
  /** Counts the changes of this row; whoever has the store open opens it anew. */
  @IntColumn('lock_version') lockVersion!: number;
  /** Which store was current before: where a move that fails goes back to. */
  @CodeColumn('came_from', STORE_ID_LENGTH, { nullable: true }) cameFrom!: string | null;
  /** What moving files here met last, in a sentence for the operator; null while all is well. */
  @TextColumn('problem', 500, { nullable: true }) problem!: string | null;
  /** How often moving files here has failed in a row. */
  @IntColumn('failures') failures!: number;
  /** When somebody said that nothing here is needed any more: what a move left goes, then the key is forgotten. */
  @InstantColumn('left_at', { nullable: true }) leftAt!: Date | null;
  /** How many objects and open uploads the last comparison found here that belong to no release; null: none was made yet. */
  @IntColumn('unknown_objects', { nullable: true }) unknownObjects!: number | null;
}
