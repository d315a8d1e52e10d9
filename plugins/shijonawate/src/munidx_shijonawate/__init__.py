"""Reads the plans of 四條畷市 (Shijonawate, Osaka): its DX plan with the action plan."""
