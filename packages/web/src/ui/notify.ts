interface MessageAction {
  readonly label: string;
  readonly run: () => void;
}

/** Loaded with the first message, so that a page without one stays small. */
const load = () => import('vue-sonner');

/** Short messages in the corner. Read out politely; none of them is the only place where something is said. */
export const notify = {
  async success(message: string, action?: MessageAction): Promise<void> {
    const { toast } = await load();
    toast.success(message, action ? { action: { label: action.label, onClick: action.run } } : {});
  },
  async failure(message: string, description?: string): Promise<void> {
    const { toast } = await load();
    toast.error(message, { duration: 8000, ...(description ? { description } : {}) });
  },
};
