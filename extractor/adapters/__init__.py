"""What touches the world: price folders, the local price store, trading calendars. Each fulfils a port."""
