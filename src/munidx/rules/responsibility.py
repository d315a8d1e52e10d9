"""responsibility"""
