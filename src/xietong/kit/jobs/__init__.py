"""Long work, done by a worker: a `Job` row is the truth, the queue only carries its key to a worker."""
