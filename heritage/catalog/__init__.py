"""The heritage register: records, designations, festivals."""
