"""What has to outlive the process: versions of the knowledge, what administrators did, questions without an answer."""
